-- What looked wrong at a site, and what people said of it ---------------------------------------------------------------
CREATE TABLE "anomaly" (
  "id" TEXT PRIMARY KEY,
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "building_key" INTEGER NOT NULL REFERENCES "building"("key") ON DELETE CASCADE,
  "type" TEXT NOT NULL,
  -- Position in the contract's order of appliances; null: about the whole building.
  "appliance" SMALLINT,
  "severity" TEXT NOT NULL CHECK ("severity" IN ('critical', 'warning', 'info')),
  "started_at" TIMESTAMPTZ(0) NOT NULL,
  "last_seen_at" TIMESTAMPTZ(0) NOT NULL,
  "value" DOUBLE PRECISION NOT NULL,
  "expected_value" DOUBLE PRECISION NOT NULL,
  "unit" TEXT NOT NULL,
  "strength" DOUBLE PRECISION NOT NULL,
  "confidence" DOUBLE PRECISION NOT NULL,
  "details" JSONB NOT NULL,
  "curve" JSONB NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'open' CHECK ("status" IN ('open', 'acknowledged', 'snoozed', 'dismissed')),
  "snoozed_until" TIMESTAMPTZ(0),
  "decided_by" TEXT REFERENCES "user_account"("id") ON DELETE SET NULL,
  "decided_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE INDEX "anomaly_site_idx" ON "anomaly"("site_id", "last_seen_at" DESC);
CREATE INDEX "anomaly_building_idx" ON "anomaly"("building_key", "type", "last_seen_at" DESC);

-- When each site was last looked at; whoever takes a site locks its row.
CREATE TABLE "anomaly_watch" (
  "site_id" TEXT PRIMARY KEY REFERENCES "site"("id") ON DELETE CASCADE,
  "looked_at" TIMESTAMPTZ(3) NOT NULL
);
