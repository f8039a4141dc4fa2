-- Since when a site is looked at: of what was before, "nothing was found" says nothing.
ALTER TABLE "anomaly_watch" ADD COLUMN "since" TIMESTAMPTZ(3) NOT NULL DEFAULT now();
UPDATE "anomaly_watch" w SET "since" = LEAST(
  (SELECT min("created_at") FROM "anomaly" a WHERE a."site_id" = w."site_id"),
  CASE WHEN "looked_at" > '-infinity' THEN "looked_at" END,
  now());
