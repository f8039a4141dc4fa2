// npm run db:generate: makes lib/data/generated from prisma/schema.prisma.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { prismaGenerate } from './setup/commands.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const { command, args, env } = prismaGenerate(root)
const { status } = spawnSync(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' })
process.exit(status ?? 1)
