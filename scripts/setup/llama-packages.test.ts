import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PLATFORM_PACKAGES } from './llama-packages.mjs'

const read = (file: string) => readFileSync(file, 'utf8')
const locked = JSON.parse(read('optional/llama-cpp/package-lock.json')) as { packages: Record<string, { version: string; integrity?: string }> }
const { dependencies } = JSON.parse(read('optional/llama-cpp/package.json')) as { dependencies: Record<string, string> }

describe('the packages for GGUF files', () => {
  it('are locked with a checksum for every kind of computer, all of the version that is pinned', () => {
    const version = dependencies['node-llama-cpp']
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    for (const name of ['node-llama-cpp', ...Object.values(PLATFORM_PACKAGES).map((platform) => `@node-llama-cpp/${platform}`)]) {
      expect(locked.packages[`node_modules/${name}`], name).toMatchObject({ version, integrity: expect.stringMatching(/^sha512-/) })
    }
  })

  it('name no registry, and are not among those that everybody installs', () => {
    expect(read('optional/llama-cpp/package-lock.json')).not.toContain('"resolved"')
    expect(read('package-lock.json')).not.toContain('llama')
  })
})
