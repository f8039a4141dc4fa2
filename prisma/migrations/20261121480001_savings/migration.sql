-- What a site has, or may have, that changes when energy is drawn and what its highest demand costs.
CREATE TABLE "site_equipment" (
  "site_id" TEXT PRIMARY KEY REFERENCES "site"("id") ON DELETE CASCADE,
  "battery_capacity_kwh" DOUBLE PRECISION CHECK ("battery_capacity_kwh" > 0),
  "battery_power_kw" DOUBLE PRECISION CHECK ("battery_power_kw" > 0),
  "battery_efficiency" DOUBLE PRECISION CHECK ("battery_efficiency" > 0 AND "battery_efficiency" <= 1),
  "peak_limit_watts" DOUBLE PRECISION CHECK ("peak_limit_watts" > 0),
  -- Currency per kW of a month's highest quarter of an hour.
  "demand_charge_per_kw" DOUBLE PRECISION CHECK ("demand_charge_per_kw" > 0),
  CHECK (("battery_capacity_kwh" IS NULL) = ("battery_power_kw" IS NULL)
    AND ("battery_capacity_kwh" IS NULL) = ("battery_efficiency" IS NULL))
);

-- Tariffs that a site could change to. What it pays is in "tariff".
CREATE TABLE "tariff_candidate" (
  "id" TEXT PRIMARY KEY,
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "position" INTEGER NOT NULL,
  -- As the contract's newTariffSchema.
  "tariff" JSONB NOT NULL,
  UNIQUE ("site_id", "position")
);

-- Where the last plan put each run, so that the next one keeps to it unless another is better by more than a trifle.
CREATE TABLE "planned_run" (
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "run_id" TEXT NOT NULL,
  "day_start" TIMESTAMPTZ NOT NULL,
  "start_slot" INTEGER NOT NULL,
  PRIMARY KEY ("site_id", "run_id")
);
