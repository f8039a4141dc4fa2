-- Counts anomalies in the order in which they were stored, so that open pages follow them without losing one.
CREATE SEQUENCE "anomaly_sequence";
ALTER TABLE "anomaly" ADD COLUMN "sequence" BIGINT;
UPDATE "anomaly" a SET "sequence" = o.n FROM (SELECT "id", row_number() OVER (ORDER BY "created_at", "id") AS n FROM "anomaly") o WHERE o."id" = a."id";
SELECT setval('anomaly_sequence', (SELECT COALESCE(max("sequence"), 0) + 1 FROM "anomaly"), false);
ALTER TABLE "anomaly" ALTER COLUMN "sequence" SET DEFAULT nextval('anomaly_sequence'), ALTER COLUMN "sequence" SET NOT NULL;
CREATE INDEX "anomaly_sequence_idx" ON "anomaly"("site_id", "sequence");
CREATE INDEX "anomaly_created_idx" ON "anomaly"("site_id", "created_at");
