-- Conversations with the assistant. A session is of one person: its site says which measurements it is about, not who may read it.
CREATE TABLE "chat_sessions" (
  "id" BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "session_id" TEXT NOT NULL UNIQUE,
  "user" TEXT NOT NULL REFERENCES "user_account"("id") ON DELETE CASCADE,
  "site_id" TEXT REFERENCES "site"("id") ON DELETE SET NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "last_active" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "title" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "chat_sessions_user_idx" ON "chat_sessions"("user", "last_active" DESC);

CREATE TABLE "chat_messages" (
  "id" TEXT PRIMARY KEY,
  "session_id" TEXT NOT NULL REFERENCES "chat_sessions"("session_id") ON DELETE CASCADE,
  -- Order within a session: two messages of one exchange may carry the same time.
  "position" BIGINT GENERATED ALWAYS AS IDENTITY,
  "role" TEXT NOT NULL CHECK ("role" IN ('user', 'assistant')),
  "content" TEXT NOT NULL,
  "timestamp" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  -- Of an answer: the plan, what the tools answered, what of the text agrees with it, the confidence. See lib/contracts/chat.ts.
  "grounding" JSONB,
  -- 1: helpful, -1: not.
  "feedback" SMALLINT CHECK ("feedback" IN (-1, 1)),
  "feedback_comment" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "chat_messages_session_idx" ON "chat_messages"("session_id", "position");
