-- One-use credentials for sockets of clients that can send neither a cookie nor a header -------------------------------
CREATE TABLE "ws_ticket" (
  "hash" TEXT PRIMARY KEY,
  "user_id" TEXT NOT NULL REFERENCES "user_account"("id") ON DELETE CASCADE,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  -- When the connection it opens must end: with the session it was asked for in.
  "session_expires_at" TIMESTAMPTZ(3) NOT NULL
);
CREATE INDEX "ws_ticket_expires_at_idx" ON "ws_ticket"("expires_at");
