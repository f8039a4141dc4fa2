-- One-use credentials for sockets of clients that can send neither a cookie nor a header -------------------------------
CREATE TABLE "ws_ticket" (
  "hash" TEXT PRIMARY KEY,
  "user_id" TEXT NOT NULL REFERENCES "user_account"("id") ON DELETE CASCADE,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  -- What it was asked for with: the connection it opens ends with that session or key, and may no more than it.
  "kind" TEXT NOT NULL,
  "credential_id" TEXT NOT NULL,
  "credential_expires_at" TIMESTAMPTZ(3),
  "scopes" TEXT[]
);
CREATE INDEX "ws_ticket_expires_at_idx" ON "ws_ticket"("expires_at");
