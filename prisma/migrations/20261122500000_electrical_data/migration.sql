-- Electrical readings, range-partitioned by month (UTC) ---------------------------------------------------------------
-- device_state is the device's name or state as a file gave it; '' is the building's main meter, at most one row a second.
CREATE TABLE "electrical_data" (
  "building_key" INTEGER NOT NULL,
  "recorded_at" TIMESTAMPTZ NOT NULL,
  "device_state" TEXT NOT NULL DEFAULT '',
  "cluster" INTEGER,
  "voltage_volts" DOUBLE PRECISION,
  "current_amperes" DOUBLE PRECISION,
  "real_power_watts" DOUBLE PRECISION,
  "reactive_power_var" DOUBLE PRECISION,
  "apparent_power_va" DOUBLE PRECISION,
  "power_factor" DOUBLE PRECISION,
  "frequency_hertz" DOUBLE PRECISION,
  "thd_percent" DOUBLE PRECISION,
  PRIMARY KEY ("building_key", "recorded_at", "device_state")
) PARTITION BY RANGE ("recorded_at");
-- Which devices and clusters there are, and the newest reading of each; the main meter's rows are in neither.
CREATE INDEX "electrical_data_device_idx" ON "electrical_data"("building_key", "device_state", "recorded_at")
  WHERE "device_state" <> '';
CREATE INDEX "electrical_data_cluster_idx" ON "electrical_data"("building_key", "cluster", "recorded_at")
  WHERE "cluster" IS NOT NULL;

-- As before, and for every series there is: a table partitioned by range of one time column, whoever adds it.
CREATE OR REPLACE FUNCTION "ensure_partitions"(from_ts TIMESTAMPTZ, to_ts TIMESTAMPTZ) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  month_start TIMESTAMP := date_trunc('month', from_ts AT TIME ZONE 'UTC');
  series TEXT;
BEGIN
  WHILE month_start <= (to_ts AT TIME ZONE 'UTC') LOOP
    FOR series IN
      SELECT c.relname FROM pg_partitioned_table p
      JOIN pg_class c ON c.oid = p.partrelid
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.partattrs[0]
      WHERE p.partstrat = 'r' AND p.partnatts = 1 AND a.atttypid = 'timestamptz'::regtype
        AND c.relnamespace = to_regnamespace(current_schema())
      ORDER BY c.relname
    LOOP
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
