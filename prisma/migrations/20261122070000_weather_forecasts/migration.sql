-- The place whose weather a site asks a weather service for, as coarse as the service is told it. No row: nobody gave one.
CREATE TABLE "site_weather" (
  "site_id" TEXT PRIMARY KEY REFERENCES "site"("id") ON DELETE CASCADE,
  "latitude" NUMERIC(4, 2) NOT NULL CHECK ("latitude" BETWEEN -90 AND 90),
  "longitude" NUMERIC(5, 2) NOT NULL CHECK ("longitude" BETWEEN -180 AND 180),
  "is_on" BOOLEAN NOT NULL,
  "next_fetch_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "fetched_at" TIMESTAMPTZ,
  -- When the forecasts of the last months were fetched; NULL: they are still to be.
  "history_fetched_at" TIMESTAMPTZ,
  -- Since the last success.
  "failures" INTEGER NOT NULL DEFAULT 0,
  "failed_at" TIMESTAMPTZ,
  "last_error" JSONB
);
CREATE INDEX "site_weather_due" ON "site_weather" ("next_fetch_at") WHERE "is_on";

-- What was forecast of the weather of an hour, by how many full days before its end it was said (7: or more).
CREATE TABLE "weather_forecast" (
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "starts_at" TIMESTAMPTZ(0) NOT NULL,
  "lead_days" SMALLINT NOT NULL CHECK ("lead_days" BETWEEN 0 AND 7),
  "said_at" TIMESTAMPTZ(0) NOT NULL,
  -- service: fetched from the weather service; own: sent by the site's people.
  "source" TEXT NOT NULL CHECK ("source" IN ('service', 'own')),
  -- Global horizontal, W/m2, mean of the hour.
  "irradiance" REAL,
  -- At 2 m above ground, °C, mean of the hour.
  "temperature" REAL,
  PRIMARY KEY ("site_id", "starts_at", "lead_days")
);
CREATE INDEX "weather_forecast_age" ON "weather_forecast" ("starts_at");
