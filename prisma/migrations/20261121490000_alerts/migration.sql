-- What a site wants to hear of ---------------------------------------------------------------------------------------
-- settings holds what may be read back, secrets what never is (an address with a token in it counts as one).
CREATE TABLE "alert_channel" (
  "id" TEXT PRIMARY KEY,
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "name" TEXT NOT NULL,
  "type" TEXT NOT NULL CHECK ("type" IN ('email', 'webhook', 'mqtt', 'push')),
  "language" TEXT NOT NULL,
  "enabled" BOOLEAN NOT NULL DEFAULT true,
  "settings" JSONB NOT NULL,
  "secrets" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE INDEX "alert_channel_site_idx" ON "alert_channel"("site_id");

-- armed_at: what was over by then is no news. It moves when the condition changes and when the rule is switched on.
CREATE TABLE "alert_rule" (
  "id" TEXT PRIMARY KEY,
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "name" TEXT NOT NULL,
  "severity" TEXT NOT NULL CHECK ("severity" IN ('info', 'warning', 'critical')),
  "enabled" BOOLEAN NOT NULL DEFAULT true,
  "condition" JSONB NOT NULL,
  "channel_ids" TEXT[] NOT NULL,
  "cooldown_seconds" INTEGER NOT NULL,
  "armed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "checked_at" TIMESTAMPTZ(3),
  -- Why it could not be judged the last time; null where it could.
  "unjudged" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE INDEX "alert_rule_site_idx" ON "alert_rule"("site_id");

CREATE TABLE "alert_quiet_hours" (
  "site_id" TEXT PRIMARY KEY REFERENCES "site"("id") ON DELETE CASCADE,
  -- Minutes since local midnight.
  "from_minute" SMALLINT NOT NULL CHECK ("from_minute" BETWEEN 0 AND 1439),
  "until_minute" SMALLINT NOT NULL CHECK ("until_minute" BETWEEN 0 AND 1439),
  "critical_passes" BOOLEAN NOT NULL
);

-- sequence grows with every change, so that whoever follows sees each once. The rule's name and condition are as they were.
CREATE SEQUENCE "alert_event_sequence";
CREATE TABLE "alert_event" (
  "id" TEXT PRIMARY KEY,
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "rule_id" TEXT REFERENCES "alert_rule"("id") ON DELETE SET NULL,
  "rule_name" TEXT NOT NULL,
  "severity" TEXT NOT NULL,
  "condition" JSONB NOT NULL,
  -- What of the site it is about: a building, or 'site'.
  "subject" TEXT NOT NULL,
  "building_name" TEXT,
  "value" DOUBLE PRECISION NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "resolved_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  -- Why nobody was told; null where the channels were.
  "muted" TEXT CHECK ("muted" IN ('cooldown')),
  "sequence" BIGINT NOT NULL DEFAULT nextval('alert_event_sequence')
);
CREATE INDEX "alert_event_site_idx" ON "alert_event"("site_id", "created_at");
CREATE INDEX "alert_event_sequence_idx" ON "alert_event"("sequence");
CREATE UNIQUE INDEX "alert_event_open_key" ON "alert_event"("rule_id", "subject") WHERE "resolved_at" IS NULL;
CREATE UNIQUE INDEX "alert_event_start_key" ON "alert_event"("rule_id", "subject", "started_at");

-- Written in the transaction that stores the event. sending: begun and not known to have ended; such a one is not begun again
-- after a crash (it becomes 'unknown'), so that nobody is told twice. batch: messages that quiet hours made one.
CREATE TABLE "alert_delivery" (
  "id" TEXT PRIMARY KEY,
  "event_id" TEXT NOT NULL REFERENCES "alert_event"("id") ON DELETE CASCADE,
  "channel_id" TEXT NOT NULL REFERENCES "alert_channel"("id") ON DELETE CASCADE,
  "transition" TEXT NOT NULL CHECK ("transition" IN ('fired', 'resolved')),
  "status" TEXT NOT NULL DEFAULT 'waiting' CHECK ("status" IN ('waiting', 'sending', 'sent', 'failed', 'unknown')),
  "held" BOOLEAN NOT NULL,
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "batch_id" TEXT,
  "sending_since" TIMESTAMPTZ(3),
  "error" TEXT,
  "finished_at" TIMESTAMPTZ(3),
  UNIQUE ("event_id", "channel_id", "transition")
);
CREATE INDEX "alert_delivery_due_idx" ON "alert_delivery"("due_at") WHERE "status" IN ('waiting', 'sending');
CREATE INDEX "alert_delivery_channel_idx" ON "alert_delivery"("channel_id");

CREATE TABLE "push_subscription" (
  "id" TEXT PRIMARY KEY,
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  "user_id" TEXT NOT NULL REFERENCES "user_account"("id") ON DELETE CASCADE,
  "endpoint" TEXT NOT NULL,
  "p256dh" TEXT NOT NULL,
  "auth" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  UNIQUE ("site_id", "endpoint")
);
-- The application's own key pair towards push services (VAPID), made at first use.
CREATE TABLE "vapid_key" (
  "only_one" BOOLEAN PRIMARY KEY DEFAULT true CHECK ("only_one"),
  "public_key" TEXT NOT NULL,
  "private_key" TEXT NOT NULL
);
