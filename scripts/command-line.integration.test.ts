import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { childEnvironment } from '@/lib/env'

/** Without any server: what is typed wrong is said before one is looked for. */
async function run(program: readonly string[], args: readonly string[]) {
  const child = spawn(process.execPath, [...program, ...args], {
    env: childEnvironment({ NODE_ENV: 'test', DATABASE_URL: '', REDIS_URL: '', REDIS_HOST: '', MQTT_URL: '' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', error: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.error += chunk.toString()))
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, ...said }
}
const bundled = (name: string) => [`.build/${name}.mjs`]

describe.each([
  ['npm run worker', bundled('workers/inference/main'), '--inference-interval'],
  ['npm run producer', bundled('workers/producer/main'), '--duration-seconds'],
  ['npm run gateway', bundled('workers/gateway/main'), '--help'],
  ['npm run jobs', bundled('workers/jobs/main'), '--model-dir'],
  ['npm run mqtt', bundled('workers/mqtt/main'), '--mqtt-topics'],
  ['npm run db:migrate', bundled('scripts/db-migrate'), '--help'],
  ['npm run db:seed', bundled('scripts/db-seed'), '--seed-days'],
  ['npm run db:reset', bundled('scripts/db-reset'), '--yes'],
  ['npm run bench:import', bundled('scripts/bench-import'), '--rows'],
  ['npm run eval:insights', ['--import', 'tsx', 'scripts/eval-insights.ts'], '--data'],
  ['npm test', ['scripts/test.mjs'], 'npm run typecheck'],
  ['npm start', ['scripts/start.mjs'], '--dev'],
])('%s', (command, program, option) => {
  it('says what it does and which options it has, and does nothing else', async () => {
    const { code, out, error } = await run(program, ['--help'])
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out).toContain(command)
    expect(out).toContain(option)
  })

  it('refuses an option that it does not have in one line', async () => {
    const { code, out, error } = await run(program, ['--no-such-option'])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(error.trim()).toMatch(/^.*--no-such-option.*$/)
  })
})

it('a value that a flag cannot have names the flag', async () => {
  for (const [program, args, problem] of [
    ['workers/inference/main', ['--inference-interval', 'abc'], '--inference-interval abc: must be a number'],
    ['workers/inference/main', ['--mode', 'loud'], '--mode loud: '],
    ['workers/producer/main', ['--redis-port', '70000'], '--redis-port 70000: '],
    ['scripts/db-seed', ['--seed-days'], "'--seed-days <value>' argument missing"],
    ['scripts/bench-import', ['--rows', 'many'], '--rows many '],
  ] as const) {
    const { code, error } = await run(bundled(program), args)
    expect(code).toBe(2)
    expect(error).toContain(problem)
    expect(error.trim().split('\n')).toHaveLength(1)
  }
})
