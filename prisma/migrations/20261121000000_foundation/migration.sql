-- Accounts and places ---------------------------------------------------------------------------------------------
CREATE TYPE "Role" AS ENUM ('viewer', 'operator', 'admin');

CREATE TABLE "user_account" (
  "id" TEXT PRIMARY KEY,
  "username" TEXT NOT NULL UNIQUE,
  "password_hash" TEXT NOT NULL,
  "role" "Role" NOT NULL DEFAULT 'viewer',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);

CREATE TABLE "site" (
  "id" TEXT PRIMARY KEY,
  "name" TEXT NOT NULL,
  "time_zone" TEXT NOT NULL,
  "currency" TEXT NOT NULL,
  "price_per_kwh" DOUBLE PRECISION NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);

CREATE TABLE "site_member" (
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "user_id" TEXT NOT NULL REFERENCES "user_account"("id") ON DELETE CASCADE,
  PRIMARY KEY ("site_id", "user_id")
);
CREATE INDEX "site_member_user_id_idx" ON "site_member"("user_id");

-- `id` is the public building_id of the Redis contract; `key` is the compact one the time series carry.
CREATE TABLE "building" (
  "id" TEXT PRIMARY KEY,
  "key" SERIAL NOT NULL UNIQUE,
  "site_id" TEXT REFERENCES "site"("id") ON DELETE CASCADE,
  "name" TEXT NOT NULL,
  "simulated" BOOLEAN NOT NULL DEFAULT false,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE INDEX "building_site_id_idx" ON "building"("site_id");

CREATE TABLE "model_version" (
  "id" SERIAL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "version" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  UNIQUE ("name", "version")
);

-- Time series, range-partitioned by month (UTC) -------------------------------------------------------------------
-- A reading covers the time since the previous one. late: arrived after a newer one, so the models never saw it in order.
CREATE TABLE "power_raw" (
  "building_key" INTEGER NOT NULL,
  "ts" TIMESTAMPTZ(6) NOT NULL,
  "power_watts" REAL NOT NULL,
  "voltage_volts" REAL,
  "current_amps" REAL,
  "power_factor" REAL,
  "reactive_power_var" REAL,
  "frequency_hertz" REAL,
  "thd_percent" REAL,
  "source" TEXT NOT NULL,
  "late" BOOLEAN NOT NULL DEFAULT false,
  PRIMARY KEY ("building_key", "ts")
) PARTITION BY RANGE ("ts");
CREATE INDEX "power_raw_late_idx" ON "power_raw"("building_key", "ts") WHERE "late";

CREATE TABLE "power_minute" (
  "building_key" INTEGER NOT NULL,
  "minute" TIMESTAMPTZ(0) NOT NULL,
  "energy_wh" DOUBLE PRECISION NOT NULL,
  "covered_seconds" REAL NOT NULL,
  "min_watts" REAL NOT NULL,
  "max_watts" REAL NOT NULL,
  PRIMARY KEY ("building_key", "minute")
) PARTITION BY RANGE ("minute");

-- Estimates. A minute or hour in which an appliance drew nothing has no row.
CREATE TABLE "appliance_minute" (
  "building_key" INTEGER NOT NULL,
  "minute" TIMESTAMPTZ(0) NOT NULL,
  "appliance" SMALLINT NOT NULL,
  "energy_wh" DOUBLE PRECISION NOT NULL,
  "on_seconds" REAL NOT NULL,
  "confidence" REAL NOT NULL,
  "model_version_id" INTEGER NOT NULL,
  PRIMARY KEY ("building_key", "minute", "appliance")
) PARTITION BY RANGE ("minute");

CREATE TABLE "power_hour" (
  "building_key" INTEGER NOT NULL,
  "hour" TIMESTAMPTZ(0) NOT NULL,
  "energy_wh" DOUBLE PRECISION NOT NULL,
  "covered_seconds" REAL NOT NULL,
  "min_watts" REAL NOT NULL,
  "max_watts" REAL NOT NULL,
  PRIMARY KEY ("building_key", "hour")
) PARTITION BY RANGE ("hour");

CREATE TABLE "appliance_hour" (
  "building_key" INTEGER NOT NULL,
  "hour" TIMESTAMPTZ(0) NOT NULL,
  "appliance" SMALLINT NOT NULL,
  "energy_wh" DOUBLE PRECISION NOT NULL,
  "on_seconds" REAL NOT NULL,
  "confidence" REAL NOT NULL,
  "model_version_id" INTEGER NOT NULL,
  PRIMARY KEY ("building_key", "hour", "appliance")
) PARTITION BY RANGE ("hour");

CREATE TABLE "activation" (
  "building_key" INTEGER NOT NULL,
  "appliance" SMALLINT NOT NULL,
  "started_at" TIMESTAMPTZ(0) NOT NULL,
  "ended_at" TIMESTAMPTZ(0),
  "energy_wh" DOUBLE PRECISION NOT NULL,
  "peak_watts" REAL NOT NULL,
  "confidence" REAL NOT NULL,
  "model_version_id" INTEGER NOT NULL,
  PRIMARY KEY ("building_key", "appliance", "started_at")
) PARTITION BY RANGE ("started_at");
CREATE INDEX "activation_open_idx" ON "activation"("building_key") WHERE "ended_at" IS NULL;

-- Creates the monthly partitions of every series that touch [from_ts, to_ts]. Safe to call at any time, by anyone.
CREATE FUNCTION "ensure_partitions"(from_ts TIMESTAMPTZ, to_ts TIMESTAMPTZ) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  month_start TIMESTAMP := date_trunc('month', from_ts AT TIME ZONE 'UTC');
  series TEXT;
BEGIN
  WHILE month_start <= (to_ts AT TIME ZONE 'UTC') LOOP
    FOREACH series IN ARRAY ARRAY['power_raw','power_minute','appliance_minute','power_hour','appliance_hour','activation'] LOOP
      IF to_regclass(format('%I', series || '_' || to_char(month_start, 'YYYYMM'))) IS NULL THEN
        PERFORM pg_advisory_xact_lock(727001);
        EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
          series || '_' || to_char(month_start, 'YYYYMM'), series,
          to_char(month_start, 'YYYY-MM-DD') || ' 00:00:00+00',
          to_char(month_start + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
      END IF;
    END LOOP;
    month_start := month_start + interval '1 month';
  END LOOP;
END $$;

-- The inference workers -------------------------------------------------------------------------------------------
-- epoch only grows; a commit carries the epoch its worker was granted, so a worker that lost its lease cannot write.
CREATE TABLE "shard_lease" (
  "name" TEXT PRIMARY KEY,
  "owner" TEXT NOT NULL,
  "epoch" BIGINT NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL
);

CREATE TABLE "session_checkpoint" (
  "building_key" INTEGER PRIMARY KEY REFERENCES "building"("key") ON DELETE CASCADE,
  "position" DOUBLE PRECISION NOT NULL,
  "state" JSONB NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);

-- The live store where there is no Redis --------------------------------------------------------------------------
CREATE TABLE "live_sample" (
  "id" BIGSERIAL PRIMARY KEY,
  "shard" SMALLINT NOT NULL,
  "sample" JSONB NOT NULL,
  "consumer" TEXT,
  "delivered_at" TIMESTAMPTZ(3)
);
CREATE INDEX "live_sample_new_idx" ON "live_sample"("shard", "id") WHERE "consumer" IS NULL;
CREATE INDEX "live_sample_pending_idx" ON "live_sample"("shard", "id") WHERE "consumer" IS NOT NULL;

CREATE UNLOGGED TABLE "live_state" (
  "building_id" TEXT PRIMARY KEY,
  "latest" JSONB NOT NULL,
  "status" JSONB NOT NULL
);

CREATE UNLOGGED TABLE "live_window" (
  "building_id" TEXT NOT NULL,
  "ts" DOUBLE PRECISION NOT NULL,
  "point" JSONB NOT NULL,
  PRIMARY KEY ("building_id", "ts")
);

-- These tables are rewritten all the time; vacuum by count, not by share, so that they stay small.
ALTER TABLE "live_sample" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE "live_state" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE "live_window" SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
