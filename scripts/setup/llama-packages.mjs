// What a GGUF file needs: apart from the other packages because of its size, and installed only where somebody asks for it.
// Node builtins only.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { step } from './announce.mjs'
import * as commands from './commands.mjs'
import { runCommand } from './run-command.mjs'

const MINUTE = 60_000
const MODULE = 'node-llama-cpp'
/** The packages of ready-made programs without those for graphics cards; Apple's have Metal in them. */
export const PLATFORM_PACKAGES = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-armv7l',
  'linux-riscv64': 'linux-riscv64',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
}

/**
 * Installs node-llama-cpp, as pinned in optional/llama-cpp, with a ready-made program for this computer; nothing is compiled, no
 * script of a package runs. About 90 MB; with `withGpu` also those for CUDA and Vulkan, about 700 MB.
 * @param {{ root: string, logDir: string, withGpu?: boolean }} where
 * @throws {Error} where there is none for this computer, or no network
 */
export async function ensureLlamaPackages({ root, logDir, withGpu = false }) {
  const folder = path.join(root, 'optional/llama-cpp')
  const version = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).dependencies[MODULE]
  const platform = PLATFORM_PACKAGES[`${process.platform}-${process.arch}`]
  if (!platform) throw new Error(`There is no ready-made llama.cpp for ${process.platform} on ${process.arch}.`)
  const program = `@node-llama-cpp/${platform}`
  const isThere = [MODULE, program].every((name) => versionOf(folder, name) === version)
  if (isThere && !withGpu) return
  await step(`Installing ${MODULE} ${version}`, () =>
    runCommand(withGpu ? commands.npmLlama() : commands.npmLlama(`${program}@${version}`), {
      cwd: folder,
      logFile: path.join(logDir, 'npm-llama-cpp.log'),
      deadlineMilliseconds: (withGpu ? 15 : 5) * MINUTE,
    }),
  )
}

function versionOf(folder, name) {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8')).version
  } catch {
    return null
  }
}
