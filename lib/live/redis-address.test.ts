import { expect, it } from 'vitest'
import { parseRedisUrl } from '@/lib/live/redis-address'

it('reads one server with its port, database and credentials', () => {
  expect(parseRedisUrl('redis://user:p%40ss@cache.example:6380/2')).toEqual({
    nodes: [{ host: 'cache.example', port: 6380 }],
    cluster: false,
    tls: false,
    username: 'user',
    password: 'p@ss',
    database: 2,
  })
})

it('takes port 6379 and database 0 where none is given, TLS from the scheme, and IPv6 without its brackets', () => {
  expect(parseRedisUrl('rediss://[::1]')).toEqual({ nodes: [{ host: '::1', port: 6379 }], cluster: false, tls: true, database: 0 })
})

it('takes several addresses, or one that says so, for a cluster', () => {
  const nodes = [{ host: 'a', port: 1 }, { host: 'b', port: 2 }]
  expect(parseRedisUrl('redis://a:1,redis://b:2')).toMatchObject({ nodes, cluster: true })
  expect(parseRedisUrl('redis://:secret@a:1, b:2')).toMatchObject({ nodes, cluster: true, password: 'secret' })
  expect(parseRedisUrl('redis://a:1?cluster=true')).toMatchObject({ nodes: [nodes[0]], cluster: true })
})

it('refuses a numbered database on a cluster, which has none', () => {
  expect(() => parseRedisUrl('redis://a:1/3?cluster=true')).toThrow('no numbered databases')
})
