// npm run worker -- --flags: bundles, then runs one entry in this very process, so that signals and exit codes are its own.
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { bundle, bundlePath, projectRoot } from './bundle.mjs'

const [entry, ...args] = process.argv.slice(2)
process.chdir(projectRoot)
for (const file of ['.env.local', '.env']) if (existsSync(file)) process.loadEnvFile(file)
await bundle()
process.argv = [process.argv[0], bundlePath(entry), ...args]
process.setSourceMapsEnabled(true)
await import(pathToFileURL(bundlePath(entry)).href)
