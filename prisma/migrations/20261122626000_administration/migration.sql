-- Processes that run, as each says every few seconds -----------------------------------------------------------------
-- Unlogged: after a crash of the database all of it is told anew.
CREATE UNLOGGED TABLE "process_report" (
  "id" TEXT PRIMARY KEY,
  "kind" TEXT NOT NULL,
  "host" TEXT NOT NULL,
  "pid" INTEGER NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "report" JSONB NOT NULL
);
-- What each measured since the one before; kept for half an hour.
CREATE UNLOGGED TABLE "process_sample" (
  "process_id" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "sample" JSONB NOT NULL,
  PRIMARY KEY ("process_id", "at")
);
CREATE INDEX "process_sample_at_idx" ON "process_sample"("at");
ALTER TABLE "process_report" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE "process_sample" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- How much all processes log for a while; without a row, or after its end, each logs as LOG_LEVEL says ------------------
CREATE TABLE "log_level" (
  "only_one" BOOLEAN PRIMARY KEY DEFAULT true CHECK ("only_one"),
  "level" TEXT NOT NULL CHECK ("level" IN ('fatal', 'error', 'warn', 'info', 'debug', 'trace')),
  "ends_at" TIMESTAMPTZ(3) NOT NULL,
  "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  -- As the person was called then.
  "set_by" TEXT NOT NULL
);

-- Learning that keeps failing stops, and can be cancelled -----------------------------------------------------------------
ALTER TABLE "home_learning_job" ADD COLUMN "attempts" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "home_learning_job" ADD COLUMN "cancel_requested" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "home_learning_job" DROP CONSTRAINT "home_learning_job_status_check";
ALTER TABLE "home_learning_job" ADD CONSTRAINT "home_learning_job_status_check"
  CHECK ("status" IN ('queued', 'running', 'done', 'failed', 'cancelled'));
CREATE INDEX "home_learning_job_created_idx" ON "home_learning_job"("created_at");
CREATE INDEX "background_job_created_idx" ON "background_job"("created_at");
