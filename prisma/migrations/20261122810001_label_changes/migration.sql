-- When what people said of an appliance's runs last changed ---------------------------------------------------------------
-- A label that was deleted leaves nothing to compare by. withdrawn_at: when something that had been said was last taken away or
-- altered. Rows outlive their labels.
CREATE TABLE "run_label_change" (
  "building_key" INTEGER NOT NULL REFERENCES "building"("key") ON DELETE CASCADE,
  "appliance" SMALLINT NOT NULL,
  "changed_at" TIMESTAMPTZ(6) NOT NULL,
  "withdrawn_at" TIMESTAMPTZ(6),
  PRIMARY KEY ("building_key", "appliance")
);
INSERT INTO "run_label_change" ("building_key", "appliance", "changed_at")
SELECT "building_key", "appliance", max("created_at")
FROM (
  SELECT "building_key", "estimated_appliance" AS "appliance", "created_at" FROM "run_label"
  UNION ALL SELECT "building_key", "true_appliance", "created_at" FROM "run_label"
) named
WHERE "appliance" IS NOT NULL GROUP BY "building_key", "appliance";
-- Heads in effect without any label left: all that is known of earlier deletions.
INSERT INTO "run_label_change" ("building_key", "appliance", "changed_at", "withdrawn_at")
SELECT DISTINCT "building_key", "appliance", now(), now() FROM "home_head" WHERE "status" = 'active'
ON CONFLICT DO NOTHING;

-- As of when labels were learned from: an attempt may begin long before it ends, and a job have several.
ALTER TABLE "home_learning_job" ADD COLUMN "labels_read_at" TIMESTAMPTZ(6);
UPDATE "home_learning_job" SET "labels_read_at" = "started_at" WHERE "status" = 'done';
ALTER TABLE "home_head" ADD COLUMN "labels_read_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now();
UPDATE "home_head" h
SET "labels_read_at" = least("created_at", (SELECT j."started_at" FROM "home_learning_job" j WHERE j."id" = h."job_id"));
-- How often a job was taken: what a process stores that took it earlier is void.
ALTER TABLE "home_learning_job" ADD COLUMN "take" INTEGER NOT NULL DEFAULT 0;

-- retired: labels it was learned from were withdrawn, and what is left does not bear it out.
ALTER TABLE "home_head" DROP CONSTRAINT "home_head_status_check";
ALTER TABLE "home_head" ADD CONSTRAINT "home_head_status_check"
  CHECK ("status" IN ('active', 'replaced', 'rolled_back', 'rejected', 'retired'));
