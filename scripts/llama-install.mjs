// npm run llama:install [-- --gpu]: what LLM_PROVIDER=llama-cpp needs.
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CommandFailed } from './setup/run-command.mjs'
import { ensureLlamaPackages } from './setup/llama-packages.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

try {
  const { values } = parseArgs({ options: { gpu: { type: 'boolean', default: false } } })
  await ensureLlamaPackages({ root, logDir: path.join(root, '.data/logs'), withGpu: values.gpu })
  console.log('Ready. Set LLM_PROVIDER=llama-cpp and MODEL_PATH to a GGUF file, then start again.')
} catch (error) {
  if (error instanceof CommandFailed) console.error(`\n${error.output.trim()}\n`)
  console.error(error.message)
  process.exitCode = 1
}
