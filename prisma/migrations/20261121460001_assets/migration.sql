-- Equipment on a site that people wrote down. One that is linked to an appliance stands for it in the maintenance list.
CREATE TABLE "asset" (
  "id" TEXT PRIMARY KEY,
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "building_id" TEXT REFERENCES "building"("id") ON DELETE CASCADE,
  "appliance" SMALLINT,
  "device" TEXT,
  "vibration_sensor" TEXT,
  "installed_on" DATE,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CHECK ("building_id" IS NOT NULL OR ("appliance" IS NULL AND "device" IS NULL))
);
CREATE INDEX "asset_site_id_idx" ON "asset"("site_id");
CREATE UNIQUE INDEX "asset_appliance_idx" ON "asset"("building_id", "appliance") WHERE "appliance" IS NOT NULL;

-- Acceleration in g on two axes; kurtosis of a Gaussian is 3.
CREATE TABLE "vibration_snapshot" (
  "asset_id" TEXT NOT NULL REFERENCES "asset"("id") ON DELETE CASCADE,
  "recorded_at" TIMESTAMPTZ(3) NOT NULL,
  "rms_h" REAL NOT NULL,
  "kurtosis_h" REAL NOT NULL,
  "peak_h" REAL NOT NULL,
  "rms_v" REAL NOT NULL,
  "kurtosis_v" REAL NOT NULL,
  "peak_v" REAL NOT NULL,
  PRIMARY KEY ("asset_id", "recorded_at")
);
