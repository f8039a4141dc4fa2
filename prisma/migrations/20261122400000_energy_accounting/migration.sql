-- Prices and CO2 -----------------------------------------------------------------------------------------------------
-- A tariff holds from its first local day until the next one begins; what it was stays what past energy cost.
CREATE TABLE "tariff" (
  "id" TEXT PRIMARY KEY,
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "name" TEXT NOT NULL,
  "valid_from" DATE NOT NULL,
  "currency" TEXT NOT NULL,
  "standing_charge_per_day" DOUBLE PRECISION NOT NULL,
  "export_credit_per_kwh" DOUBLE PRECISION NOT NULL,
  "rate" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  UNIQUE ("site_id", "valid_from")
);

-- price: currency per kWh; carbon: grams of CO2 equivalent per kWh. Each holds until the next, an hour at most.
CREATE TABLE "site_hourly_value" (
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('price', 'carbon')),
  "starts_at" TIMESTAMPTZ(0) NOT NULL,
  "value" DOUBLE PRECISION NOT NULL,
  PRIMARY KEY ("site_id", "kind", "starts_at")
);

CREATE TABLE "carbon_factor" (
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "valid_from" DATE NOT NULL,
  "grams_per_kwh" DOUBLE PRECISION NOT NULL,
  PRIMARY KEY ("site_id", "valid_from")
);

CREATE TABLE "appliance_room" (
  "building_key" INTEGER NOT NULL REFERENCES "building"("key") ON DELETE CASCADE,
  "appliance" SMALLINT NOT NULL,
  "room" TEXT NOT NULL,
  PRIMARY KEY ("building_key", "appliance")
);

-- Quarters of an hour in the hourly sums -----------------------------------------------------------------------------
-- Four values each, for local days that begin at half past a full hour, prices that change within the hour and peak demand.
-- Drawn and fed in are kept apart, minute by minute. Where they are missing a quarter counts as a fourth of its hour.
ALTER TABLE "power_hour"
  ADD COLUMN "quarter_imported_wh" DOUBLE PRECISION[],
  ADD COLUMN "quarter_exported_wh" DOUBLE PRECISION[],
  ADD COLUMN "quarter_covered_seconds" REAL[];
ALTER TABLE "appliance_hour" ADD COLUMN "quarter_energy_wh" DOUBLE PRECISION[];

UPDATE "power_hour" h SET "quarter_imported_wh" = ARRAY[q.i1, q.i2, q.i3, q.i4],
  "quarter_exported_wh" = ARRAY[q.e1, q.e2, q.e3, q.e4], "quarter_covered_seconds" = ARRAY[q.c1, q.c2, q.c3, q.c4]
FROM (
  SELECT "building_key", hour,
    COALESCE(sum(imported) FILTER (WHERE n = 0), 0) AS i1, COALESCE(sum(imported) FILTER (WHERE n = 1), 0) AS i2,
    COALESCE(sum(imported) FILTER (WHERE n = 2), 0) AS i3, COALESCE(sum(imported) FILTER (WHERE n = 3), 0) AS i4,
    COALESCE(sum(exported) FILTER (WHERE n = 0), 0) AS e1, COALESCE(sum(exported) FILTER (WHERE n = 1), 0) AS e2,
    COALESCE(sum(exported) FILTER (WHERE n = 2), 0) AS e3, COALESCE(sum(exported) FILTER (WHERE n = 3), 0) AS e4,
    COALESCE(sum(covered) FILTER (WHERE n = 0), 0)::real AS c1, COALESCE(sum(covered) FILTER (WHERE n = 1), 0)::real AS c2,
    COALESCE(sum(covered) FILTER (WHERE n = 2), 0)::real AS c3, COALESCE(sum(covered) FILTER (WHERE n = 3), 0)::real AS c4
  FROM (
    SELECT "building_key", date_trunc('hour', "minute", 'UTC') AS hour, floor(extract(minute FROM "minute") / 15) AS n,
      GREATEST("energy_wh", 0) AS imported, -LEAST("energy_wh", 0) AS exported, "covered_seconds" AS covered
    FROM "power_minute"
  ) minutes
  GROUP BY 1, 2
) q
WHERE h."building_key" = q."building_key" AND h."hour" = q.hour;

UPDATE "appliance_hour" h SET "quarter_energy_wh" = ARRAY[q.q1, q.q2, q.q3, q.q4]
FROM (
  SELECT "building_key", date_trunc('hour', "minute", 'UTC') AS hour, "appliance",
    COALESCE(sum("energy_wh") FILTER (WHERE extract(minute FROM "minute") < 15), 0) AS q1,
    COALESCE(sum("energy_wh") FILTER (WHERE extract(minute FROM "minute") BETWEEN 15 AND 29), 0) AS q2,
    COALESCE(sum("energy_wh") FILTER (WHERE extract(minute FROM "minute") BETWEEN 30 AND 44), 0) AS q3,
    COALESCE(sum("energy_wh") FILTER (WHERE extract(minute FROM "minute") >= 45), 0) AS q4
  FROM "appliance_minute" GROUP BY 1, 2, 3
) q
WHERE h."building_key" = q."building_key" AND h."hour" = q.hour AND h."appliance" = q."appliance";
