-- What goes on since before a rule was armed anew is an alert of its own with the same beginning.
DROP INDEX "alert_event_start_key";
CREATE INDEX "alert_event_start_idx" ON "alert_event"("rule_id", "subject", "started_at");
-- When anybody was told, where that was later than it was found: what outlasts the cool-down is told when that ends.
ALTER TABLE "alert_event" ADD COLUMN "told_at" TIMESTAMPTZ(3);
