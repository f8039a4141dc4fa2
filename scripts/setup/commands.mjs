// The commands that make the project ready to run. Node builtins only: this is loaded before anything is installed.
import { existsSync } from 'node:fs'
import path from 'node:path'

/** `prisma generate` never uses the schema engine, yet wants to download it first; naming any program in its place avoids that. */
const NO_ENGINE = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' }

const inModules = (root, ...parts) => path.join(root, 'node_modules', ...parts)

export const npmCi = () => ({ ...npm(['ci', '--include=dev', '--no-audit', '--no-fund']), env: NO_ENGINE })

/**
 * Of optional/llama-cpp, as its lockfile has it: no script runs, and of the ready-made programs only the one that is named, else all
 * that fit this computer.
 */
export const npmLlama = (program) => ({
  ...npm([
    'install', '--no-save', '--ignore-scripts', '--omit=peer', '--no-audit', '--no-fund', ...(program ? ['--omit=optional', program] : []),
  ]),
  env: {},
})

export const prismaGenerate = (root) => ({
  command: process.execPath,
  args: [inModules(root, 'prisma', 'build', 'index.js'), 'generate', '--no-hints'],
  env: NO_ENGINE,
})

const nextBin = (root) => inModules(root, 'next', 'dist', 'bin', 'next')
const NEXT_ENVIRONMENT = { NEXT_TELEMETRY_DISABLED: '1' }

/** NODE_ENV belongs to Next here: a build under any other value fails or differs. */
export const nextBuild = (root) => ({
  command: process.execPath,
  args: [nextBin(root), 'build'],
  env: { ...NEXT_ENVIRONMENT, NODE_ENV: 'production' },
})

/** Makes next-env.d.ts and the route types that the type check reads. */
export const nextTypes = (root) => ({ command: process.execPath, args: [nextBin(root), 'typegen'], env: NEXT_ENVIRONMENT })

export const typeCheck = (root) => ({ command: process.execPath, args: [inModules(root, 'typescript', 'bin', 'tsc'), '--noEmit'], env: {} })

export const lint = (root) => ({
  command: process.execPath,
  args: [inModules(root, 'oxlint', 'bin', 'oxlint'), '--deny-warnings'],
  env: {},
})

/** @param part as vitest's --shard has it: 1/2 is the first half of the files */
export const vitest = (root, project, resultFile, part) => ({
  command: process.execPath,
  args: [
    inModules(root, 'vitest', 'vitest.mjs'),
    ...['run', '--project', project, '--passWithNoTests', ...(part ? [`--shard=${part}`] : [])],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`],
  ],
  env: { NODE_ENV: 'test' },
})

export const playwright = (root, resultFile) => ({
  command: process.execPath,
  args: [inModules(root, '@playwright', 'test', 'cli.js'), 'test', '--pass-with-no-tests', '--reporter=list,json'],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: resultFile, PLAYWRIGHT_JSON_OUTPUT_NAME: resultFile },
})

export const playwrightInstall = (root) => ({
  command: process.execPath,
  args: [inModules(root, '@playwright', 'test', 'cli.js'), 'install', 'chromium', '--only-shell'],
  env: {},
})

/** The npm this runs under where it says so, else the one on the PATH. */
function npm(args) {
  const running = process.env.npm_execpath
  if (running && /npm-cli\.[cm]?js$/.test(running) && existsSync(running)) {
    return { command: process.execPath, args: [running, ...args] }
  }
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args }
}
