// Bundles every process entry from TypeScript into .build/, dependencies left outside. Takes a fraction of a second.
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

const ENTRIES = [
  'workers/inference/main.ts',
  'workers/learning/main.ts',
  'workers/gateway/main.ts',
  'workers/producer/main.ts',
  'workers/jobs/main.ts',
  'workers/mqtt/main.ts',
  'workers/import-survey/main.ts',
  'lib/nilm/inference-thread.ts',
  'scripts/db-migrate.ts',
  'scripts/db-seed.ts',
  'scripts/db-reset.ts',
  'scripts/seed.ts',
  'scripts/launch.ts',
  'scripts/nilm-predict.ts',
  'scripts/detect.ts',
  'scripts/forecast.ts',
  'scripts/forecast-training-rows.ts',
  'scripts/import.ts',
  'scripts/bench-import.ts',
  'scripts/bench-inference.ts',
  'scripts/bench-api.ts',
  'scripts/bench-pages.ts',
  'scripts/bench-optimise.ts',
  'e2e/contract/main.ts',
  'scripts/eval-planner.ts',
  'scripts/eval-assistant.ts',
  'scripts/bench-assistant.ts',
]

/** @returns {Promise<(entry: string) => string>} where an entry's bundle lies */
export async function bundle() {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: ENTRIES.filter((entry) => existsSync(path.join(projectRoot, entry))),
    outdir: '.build',
    outbase: '.',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'linked',
    logLevel: 'warning',
    write: false,
  })
  await Promise.all(outputFiles.map(replaceFile))
  return bundlePath
}

/** Whole or not at all, and only if it differs: another process may be starting from it. */
async function replaceFile({ path: file, contents }) {
  const current = await readFile(file).catch(() => null)
  if (current?.equals(contents)) return
  await mkdir(path.dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}`
  await writeFile(draft, contents)
  await rename(draft, file)
}

export const bundlePath = (entry) => path.join(projectRoot, '.build', entry.replace(/\.ts$/, '.mjs'))
