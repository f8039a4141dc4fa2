import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Read here and nowhere else outside lib/env.ts: the Prisma CLI loads this file by itself.
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://127.0.0.1:5432/undercurrent' },
})
