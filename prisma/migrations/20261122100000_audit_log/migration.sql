-- Who changed what ---------------------------------------------------------------------------------------------------
-- No foreign keys: an entry outlives the account and the thing it is about, which is why it keeps the name as well.
CREATE TABLE "audit_log" (
  "id" BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  -- null: the application itself, or somebody who was not logged in
  "actor_id" TEXT,
  "actor_name" TEXT,
  -- for instance site.update
  "action" TEXT NOT NULL,
  -- the id of what was changed
  "target" TEXT,
  "before" JSONB,
  "after" JSONB,
  "request_id" TEXT,
  "ip" TEXT
);
CREATE INDEX "audit_log_at_idx" ON "audit_log"("at");
CREATE INDEX "audit_log_actor_idx" ON "audit_log"("actor_id", "at");
CREATE INDEX "audit_log_target_idx" ON "audit_log"("target", "at");
