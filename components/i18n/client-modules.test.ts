import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** Modules that import something else than types from use-intl's React part. */
function modulesWithHooks(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(folder, file))
    .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
    .filter((file) => /^import (?!type\b).* from 'use-intl(\/react)?'$/m.test(readFileSync(path.join(ROOT, file), 'utf8')))
}

// Where a page of the server reaches one that does not, the build fails, and nothing before it.
it('every module that translates with a hook says that it is for the browser', () => {
  const modules = [...modulesWithHooks('app'), ...modulesWithHooks('components')]
  expect(modules.length).toBeGreaterThan(10)
  const forgotten = modules.filter((file) => !readFileSync(path.join(ROOT, file), 'utf8').startsWith("'use client'\n"))
  expect(forgotten).toEqual([])
})
