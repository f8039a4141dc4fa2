import { PrismaPg } from '@prisma/adapter-pg'
import type { Pool } from 'pg'
import { PrismaClient } from '@/lib/data/generated/client'
import { pool } from '@/lib/infra/db'

// Global, because Next may load this module once per bundle.
const shared = globalThis as typeof globalThis & { undercurrentPrisma?: { client: PrismaClient; on: Pool } }

/** The process's one Prisma client, on the shared pool; a pool that was closed and reopened brings a new one. */
export function prisma(): PrismaClient {
  const on = pool()
  if (shared.undercurrentPrisma?.on !== on) {
    shared.undercurrentPrisma = { client: new PrismaClient({ adapter: new PrismaPg(on) }), on }
  }
  return shared.undercurrentPrisma.client
}
