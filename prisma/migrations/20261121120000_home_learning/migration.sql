-- What people said about past runs -----------------------------------------------------------------------------------
-- estimated: what was shown (null: nothing, the run was missed); true: what it was (null: not what was shown). Labels are about
-- the home, not about a model: a new one learns from the same.
CREATE TABLE "run_label" (
  "id" TEXT PRIMARY KEY,
  "building_key" INTEGER NOT NULL REFERENCES "building"("key") ON DELETE CASCADE,
  "started_at" TIMESTAMPTZ(0) NOT NULL,
  "ended_at" TIMESTAMPTZ(0) NOT NULL CHECK ("ended_at" > "started_at"),
  "estimated_appliance" SMALLINT,
  "true_appliance" SMALLINT,
  "created_by" TEXT REFERENCES "user_account"("id") ON DELETE SET NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CHECK ("estimated_appliance" IS NOT NULL OR "true_appliance" IS NOT NULL)
);
CREATE INDEX "run_label_building_idx" ON "run_label"("building_key", "started_at");
-- One word about each run; the last one counts.
CREATE UNIQUE INDEX "run_label_estimated_key" ON "run_label"("building_key", "estimated_appliance", "started_at")
  WHERE "estimated_appliance" IS NOT NULL;
CREATE UNIQUE INDEX "run_label_missed_key" ON "run_label"("building_key", "true_appliance", "started_at")
  WHERE "estimated_appliance" IS NULL;

-- Heads of a home's own ----------------------------------------------------------------------------------------------
CREATE TABLE "home_learning_job" (
  "id" TEXT PRIMARY KEY,
  "building_key" INTEGER NOT NULL REFERENCES "building"("key") ON DELETE CASCADE,
  "status" TEXT NOT NULL CHECK ("status" IN ('queued', 'running', 'done', 'failed')),
  "progress" REAL NOT NULL DEFAULT 0,
  "model_version_id" INTEGER REFERENCES "model_version"("id"),
  -- What came of it, an entry per appliance with labels.
  "outcome" JSONB,
  "error" TEXT,
  "requested_by" TEXT REFERENCES "user_account"("id") ON DELETE SET NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "started_at" TIMESTAMPTZ(3),
  "finished_at" TIMESTAMPTZ(3)
);
CREATE UNIQUE INDEX "home_learning_job_open_key" ON "home_learning_job"("building_key") WHERE "status" IN ('queued', 'running');
CREATE INDEX "home_learning_job_building_idx" ON "home_learning_job"("building_key", "created_at");

-- rejected: no better on runs it had not seen. replaced: a later one took its place.
CREATE TABLE "home_head" (
  "id" TEXT PRIMARY KEY,
  "building_key" INTEGER NOT NULL REFERENCES "building"("key") ON DELETE CASCADE,
  "appliance" SMALLINT NOT NULL,
  "model_version_id" INTEGER NOT NULL REFERENCES "model_version"("id"),
  "job_id" TEXT REFERENCES "home_learning_job"("id") ON DELETE SET NULL,
  "status" TEXT NOT NULL CHECK ("status" IN ('active', 'replaced', 'rolled_back', 'rejected')),
  "metrics" JSONB NOT NULL,
  "weights" JSONB NOT NULL,
  "created_by" TEXT REFERENCES "user_account"("id") ON DELETE SET NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "status_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE INDEX "home_head_building_idx" ON "home_head"("building_key", "created_at");
CREATE UNIQUE INDEX "home_head_active_key" ON "home_head"("building_key", "appliance", "model_version_id") WHERE "status" = 'active';

-- For which readings a head counted, by their own time. Written by the worker that serves the building, in the same transaction
-- as the rows it changed, so that whoever replays the readings gets the same rows.
CREATE TABLE "home_head_period" (
  "building_key" INTEGER NOT NULL REFERENCES "building"("key") ON DELETE CASCADE,
  "head_id" TEXT NOT NULL REFERENCES "home_head"("id") ON DELETE CASCADE,
  "effective_from" TIMESTAMPTZ(0) NOT NULL,
  "effective_until" TIMESTAMPTZ(0),
  PRIMARY KEY ("head_id", "effective_from")
);
CREATE INDEX "home_head_period_building_idx" ON "home_head_period"("building_key", "effective_from");
