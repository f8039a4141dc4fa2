import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, it } from 'vitest'

const MODULE = pathToFileURL(path.join(import.meta.dirname, 'follow-npm.mjs')).href
const PROGRAM = `
  const { followNpm } = await import('${MODULE}')
  followNpm()
  process.on('SIGTERM', () => { console.log('ended in order'); process.exit(0) })
  setTimeout(() => { console.log('stayed'); process.exit(0) }, 4000)
  console.log('runs')
`

let shell: ChildProcess | undefined
afterEach(() => {
  shell?.kill('SIGKILL')
})

/** Runs the program under a shell, kills the shell once the program runs. @returns everything the program said */
async function saidAfterShellDied(assignment: string): Promise<string> {
  // Two commands, so that the shell stays instead of becoming the program.
  const command = `env ${assignment} "$0" --input-type=module -e "$1"; true`
  shell = spawn('sh', ['-c', command, process.execPath, PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  shell.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (text.includes('runs')) shell?.kill('SIGTERM')
  })
  await once(shell.stdout!, 'close')
  return said
}

it('ends in order what npm started when the shell between them is gone', async () => {
  expect(await saidAfterShellDied('npm_lifecycle_event=start')).toContain('ended in order')
}, 20_000)

it('lets a program that was not started by npm outlive its shell', async () => {
  expect(await saidAfterShellDied('-u npm_lifecycle_event')).toContain('stayed')
}, 20_000)
