import { expect, inject, it } from 'vitest'
it('works', () => { console.log(inject('databaseUrl'), inject('redisUrl')); expect(1).toBe(1) })
