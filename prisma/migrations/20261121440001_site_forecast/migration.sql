-- How the series of a site are forecast, chosen by backtest; made again as data grow ------------------------------------
CREATE TABLE "site_forecast" (
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  -- What is forecast and how far: load/day, solar/week, HeatPump/day.
  "series" TEXT NOT NULL,
  -- Up to when data were known when it was chosen.
  "known_until" TIMESTAMPTZ(0) NOT NULL,
  "choice" JSONB NOT NULL,
  PRIMARY KEY ("site_id", "series")
);
