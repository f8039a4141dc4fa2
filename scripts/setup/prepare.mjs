// Brings a checkout to the point where it can run: packages, Prisma client, bundles, Next build; each only when needed.
// Node builtins only: this is loaded before anything is installed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { step } from './announce.mjs'
import * as commands from './commands.mjs'
import { runCommand } from './run-command.mjs'

const MINUTE = 60_000

/** What the production build is made from. */
const BUILD_SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema.prisma',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]
/** Made from the schema, which is among the sources, and different after every generation. */
const NOT_SOURCES = /(^|\/)(generated|node_modules)\/|\.test\.tsx?$/

/** @param {{ root: string, logDir: string }} where */
export async function ensurePackages({ root, logDir }) {
  const reason = packagesProblem(root)
  if (!reason) return
  await step(`Installing packages (${reason})`, (progress) => {
    progress('about a minute')
    return runCommand(commands.npmCi(), { cwd: root, logFile: path.join(logDir, 'npm-ci.log'), deadlineMilliseconds: 15 * MINUTE })
  })
}

export async function ensurePrismaClient({ root, logDir }) {
  const generated = path.join(root, 'lib/data/generated')
  const stamp = hashOf(root, ['prisma/schema.prisma', 'node_modules/prisma/package.json'])
  if (existsSync(path.join(generated, 'client.ts')) && readStamp(generated) === stamp) return
  await step('Generating the database client', () =>
    runCommand(commands.prismaGenerate(root), { cwd: root, logFile: path.join(logDir, 'prisma.log'), deadlineMilliseconds: 3 * MINUTE }),
  )
  writeStamp(generated, stamp)
}

export async function ensureBundles() {
  const { bundle } = await import('../bundle.mjs')
  await bundle()
}

export async function ensureBuild({ root, logDir }) {
  const output = path.join(root, '.next')
  const stamp = hashOf(root, BUILD_SOURCES)
  if (existsSync(path.join(output, 'BUILD_ID')) && readStamp(output) === stamp) return
  await step('Building the web application', (progress) => {
    progress('about half a minute')
    return runCommand(commands.nextBuild(root), {
      cwd: root,
      logFile: path.join(logDir, 'next-build.log'),
      deadlineMilliseconds: 10 * MINUTE,
      onLine: (line) => progress(line.trim().slice(0, 60)),
    })
  })
  writeStamp(output, stamp)
}

/** Why `npm ci` is needed; null when what is installed is what the lockfile says. */
export function packagesProblem(root) {
  const wanted = lockedPackages(path.join(root, 'package-lock.json'))
  if (!wanted) throw new Error('package-lock.json is missing or damaged; restore it with `git checkout package-lock.json`.')
  // npm writes this file last, so an interrupted installation has none.
  const installed = lockedPackages(path.join(root, 'node_modules/.package-lock.json'))
  if (!installed) return 'first start'
  for (const [name, { version, optional, devOptional, peer, link }] of Object.entries(wanted)) {
    if (name === '' || link) continue
    const found = installed[name]
    if (!found && (optional || devOptional || peer)) continue
    if (found?.version !== version) return 'the lockfile changed'
  }
  return null
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

/** One hash over the names and contents of files and folders. */
export function hashOf(root, entries) {
  const hash = createHash('sha256')
  const add = (relative) => {
    const absolute = path.join(root, relative)
    const info = statSync(absolute, { throwIfNoEntry: false })
    if (!info || NOT_SOURCES.test(info.isDirectory() ? `${relative}/` : relative)) return
    if (info.isDirectory()) for (const name of readdirSync(absolute).sort()) add(`${relative}/${name}`)
    else hash.update(`${relative}\0`).update(readFileSync(absolute)).update('\0')
  }
  for (const entry of entries) {
    // A package's own file is named outright.
    if (entry.startsWith('node_modules/')) hash.update(readFileSync(path.join(root, entry)))
    else add(entry)
  }
  return hash.digest('hex')
}

const stampFile = (folder) => path.join(folder, '.undercurrent-stamp')

function readStamp(folder) {
  try {
    return readFileSync(stampFile(folder), 'utf8')
  } catch {
    return null
  }
}

function writeStamp(folder, stamp) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(stampFile(folder), stamp)
}
