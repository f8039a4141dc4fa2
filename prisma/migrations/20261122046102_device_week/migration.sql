-- What a device with a meter of its own drew in each complete local week, so that judging its wear reads weeks, not readings.
-- A week that is missing is made by the background; readings that come late take their week out again.
CREATE TABLE "device_week" (
  "building_key" INTEGER NOT NULL REFERENCES "building"("key") ON DELETE CASCADE,
  "device" TEXT NOT NULL,
  -- Monday 0:00 at the site.
  "week" TIMESTAMPTZ(0) NOT NULL,
  -- Hours with readings, and with readings of a device that is on.
  "hours" INTEGER NOT NULL,
  "on_hours" INTEGER NOT NULL,
  -- Median of its readings while it was on.
  "median_watts" DOUBLE PRECISION,
  PRIMARY KEY ("building_key", "device", "week")
);
