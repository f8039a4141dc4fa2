-- Accounts --------------------------------------------------------------------------------------------------------
ALTER TABLE "user_account"
  ADD COLUMN "disabled_at" TIMESTAMPTZ(3),
  ADD COLUMN "last_login_at" TIMESTAMPTZ(3);
-- Two names that differ in case alone would be taken for one another.
CREATE UNIQUE INDEX "user_account_username_lower_key" ON "user_account"(lower("username"));

-- A token counts as long as its row is here: ending a session is deleting it.
CREATE TABLE "user_session" (
  "id" TEXT PRIMARY KEY,
  "user_id" TEXT NOT NULL REFERENCES "user_account"("id") ON DELETE CASCADE,
  -- browser: the cookie of the pages; token: asked for over the API.
  "kind" TEXT NOT NULL CHECK ("kind" IN ('browser', 'token')),
  "user_agent" TEXT NOT NULL DEFAULT '',
  "address" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "expires_at" TIMESTAMPTZ(3) NOT NULL
);
CREATE INDEX "user_session_user_idx" ON "user_session"("user_id", "last_seen_at");
CREATE INDEX "user_session_expires_idx" ON "user_session"("expires_at");

-- The key itself is shown once and not kept; its 256 random bits need no slow hash.
CREATE TABLE "api_key" (
  "id" TEXT PRIMARY KEY,
  "user_id" TEXT NOT NULL REFERENCES "user_account"("id") ON DELETE CASCADE,
  "name" TEXT NOT NULL,
  "prefix" TEXT NOT NULL,
  "secret_hash" TEXT NOT NULL UNIQUE,
  "scopes" TEXT[] NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "expires_at" TIMESTAMPTZ(3),
  "last_used_at" TIMESTAMPTZ(3)
);
CREATE INDEX "api_key_user_idx" ON "api_key"("user_id");

-- Deleted when it is accepted, so that a link works once.
CREATE TABLE "invitation" (
  "id" TEXT PRIMARY KEY,
  "secret_hash" TEXT NOT NULL UNIQUE,
  "role" "Role" NOT NULL,
  "note" TEXT NOT NULL DEFAULT '',
  "created_by" TEXT NOT NULL REFERENCES "user_account"("id") ON DELETE CASCADE,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "expires_at" TIMESTAMPTZ(3) NOT NULL
);

CREATE TABLE "invitation_site" (
  "invitation_id" TEXT NOT NULL REFERENCES "invitation"("id") ON DELETE CASCADE,
  "site_id" TEXT NOT NULL REFERENCES "site"("id") ON DELETE CASCADE,
  PRIMARY KEY ("invitation_id", "site_id")
);
CREATE INDEX "invitation_site_site_idx" ON "invitation_site"("site_id");

-- Failed log-ins of the last minutes, one count for all processes. Keys are hashes: a password typed into the wrong field is not
-- kept. Losing them in a crash costs nothing.
CREATE UNLOGGED TABLE "login_throttle" (
  "key" TEXT PRIMARY KEY,
  "failures" INTEGER NOT NULL,
  "ends_at" TIMESTAMPTZ(3) NOT NULL
);
CREATE INDEX "login_throttle_ends_idx" ON "login_throttle"("ends_at");

-- Places ----------------------------------------------------------------------------------------------------------
-- In words, for people: an address or a town.
ALTER TABLE "site" ADD COLUMN "location" TEXT NOT NULL DEFAULT '';

-- Buildings whose time series are still to be deleted; those are too long for the request that removed the building.
CREATE TABLE "removed_building" (
  "key" INTEGER PRIMARY KEY,
  "removed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
