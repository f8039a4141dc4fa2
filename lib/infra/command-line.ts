import { parseArgs } from 'node:util'
import { applyFlags, env, type Env } from '@/lib/env'
import { UsageError } from './usage-error'

/**
 * Reads a command's flags into the environment, see applyFlags. `--help` prints what the command does and ends it.
 * @throws UsageError in one line, naming the flag that does not exist or cannot be used
 */
export function readFlags(help: string, names: readonly (keyof Env)[], argv: readonly string[] = process.argv.slice(2)): void {
  if (argv.includes('--help') || argv.includes('-h')) {
    console.log(help)
    process.exit(0)
  }
  inOneLine(() => applyFlags(argv, names))
  try {
    env()
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** As parseArgs of node:util. @throws UsageError in one line */
export const readArguments: typeof parseArgs = (config) => inOneLine(() => parseArgs(config))

/** The exit code of a command that ends with an error: 2 where it was typed wrong. */
export const exitCodeOf = (error: unknown) => (error instanceof UsageError ? 2 : 1)

function inOneLine<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split(/\n|(?<=\.) /)
    throw new UsageError(`${message.replace(/\.?$/, '.')} --help lists the options.`)
  }
}
