-- Work that goes on in the background: imports, and estimates of what was imported --------------------------------------
-- uploaded: a file that waits for somebody to say how it is read. A running job belongs to its owner until the lease expires;
-- then another process goes on from `state`, which is written together with what the job stored.
CREATE TABLE "background_job" (
  "id" TEXT PRIMARY KEY,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('import', 'estimate')),
  "building_key" INTEGER NOT NULL REFERENCES "building"("key") ON DELETE CASCADE,
  "status" TEXT NOT NULL CHECK ("status" IN ('uploaded', 'queued', 'running', 'done', 'failed', 'cancelled')),
  "progress" REAL NOT NULL DEFAULT 0,
  -- What it is doing, a few words for a person.
  "message" TEXT,
  "request" JSONB NOT NULL,
  "state" JSONB,
  "result" JSONB,
  "error" TEXT,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
  "owner" TEXT,
  "lease_expires_at" TIMESTAMPTZ(3),
  "requested_by" TEXT REFERENCES "user_account"("id") ON DELETE SET NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "started_at" TIMESTAMPTZ(3),
  "finished_at" TIMESTAMPTZ(3)
);
CREATE INDEX "background_job_open_idx" ON "background_job"("kind", "created_at") WHERE "status" IN ('queued', 'running');
CREATE INDEX "background_job_building_idx" ON "background_job"("building_key", "created_at");
-- Stretches to estimate are added to the job that waits for its turn.
CREATE UNIQUE INDEX "background_job_estimate_key" ON "background_job"("building_key") WHERE "kind" = 'estimate' AND "status" = 'queued';

-- Readings that came over HTTP and are on their way through the live store; tells a batch that is sent again from a new one.
CREATE TABLE "reading_receipt" (
  "building_key" INTEGER NOT NULL,
  "ts" TIMESTAMPTZ(6) NOT NULL,
  "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("building_key", "ts")
);
CREATE INDEX "reading_receipt_received_idx" ON "reading_receipt"("received_at");
