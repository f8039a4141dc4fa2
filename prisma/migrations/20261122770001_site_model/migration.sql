-- Versions of models that are fitted to a site: how it is forecast, when something looks wrong ------------------------------
-- format: what the code makes of the content; of another one versions have no say. part: load/day, solar/week, HeatPump/day; of
-- anomalies the building. fitted_until: nothing newer was used to make it. rejected: no better on what it had not seen.
-- replaced: another one took its place.
CREATE TABLE "site_model" (
  "id" TEXT PRIMARY KEY,
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "building_key" INTEGER REFERENCES "building"("key") ON DELETE CASCADE,
  "model" TEXT NOT NULL CHECK ("model" IN ('forecast', 'anomalies')),
  "part" TEXT NOT NULL,
  "format" SMALLINT NOT NULL,
  "status" TEXT NOT NULL CHECK ("status" IN ('active', 'replaced', 'rolled_back', 'rejected')),
  "fitted_until" TIMESTAMPTZ(0) NOT NULL,
  "metrics" JSONB NOT NULL,
  "content" JSONB NOT NULL,
  -- NULL: the daily look.
  "job_id" TEXT REFERENCES "background_job"("id") ON DELETE SET NULL,
  "created_by" TEXT REFERENCES "user_account"("id") ON DELETE SET NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "status_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE INDEX "site_model_site_idx" ON "site_model"("site_id", "created_at");
CREATE INDEX "site_model_job_idx" ON "site_model"("job_id") WHERE "job_id" IS NOT NULL;
CREATE UNIQUE INDEX "site_model_active_key" ON "site_model"("site_id", "model", "part", "format") WHERE "status" = 'active';

-- The first guess of a series, by simple ways; NULL where a version was there before anybody asked.
ALTER TABLE "site_forecast" ALTER COLUMN "choice" DROP NOT NULL;
-- How long the history was when the background last looked.
ALTER TABLE "site_forecast" ADD COLUMN "known_days" REAL NOT NULL DEFAULT 0;

-- Refits are jobs; one of a kind at a time for each site or building.
ALTER TABLE "background_job" DROP CONSTRAINT "background_job_kind_check";
ALTER TABLE "background_job" ADD CONSTRAINT "background_job_kind_check"
  CHECK ("kind" IN ('import', 'estimate', 'forecast', 'anomalies'));
CREATE UNIQUE INDEX "background_job_refit_key" ON "background_job"("building_key", "kind")
  WHERE "kind" IN ('forecast', 'anomalies') AND "status" IN ('queued', 'running');
