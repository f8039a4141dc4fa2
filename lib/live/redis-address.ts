export interface RedisNode {
  host: string
  port: number
}

export interface RedisAddress {
  /** One server, or nodes of a cluster by which the others are found. */
  nodes: [RedisNode, ...RedisNode[]]
  cluster: boolean
  tls: boolean
  username?: string
  password?: string
  database: number
}

/**
 * Reads `redis://user:password@host:port/0`, `rediss://` for TLS. A Redis Cluster is given as several addresses with commas
 * between them, or as one with `?cluster=true`.
 * @throws Error that does not repeat the address, for it may hold a password
 */
export function parseRedisUrl(url: string): RedisAddress {
  const parts = url.split(',').map((part) => part.trim()).filter(Boolean)
  const scheme = parts[0]?.match(/^[a-z]+:\/\//i)?.[0]
  const [first, ...others] = parts.map((part) => toUrl(part.includes('://') ? part : `${scheme ?? ''}${part}`))
  if (!first) throw new Error(WRONG_URL)
  const database = Number(first.pathname.slice(1) || '0')
  if (!Number.isInteger(database) || database < 0) throw new Error(WRONG_URL)
  const cluster = others.length > 0 || first.searchParams.get('cluster') === 'true'
  if (cluster && database !== 0) throw new Error('A Redis Cluster has no numbered databases: leave the path out of REDIS_URL.')
  return {
    nodes: [toNode(first), ...others.map(toNode)],
    cluster,
    tls: first.protocol === 'rediss:' || first.protocol === 'valkeys:',
    ...(first.username && { username: decodeURIComponent(first.username) }),
    ...(first.password && { password: decodeURIComponent(first.password) }),
    database,
  }
}

const WRONG_URL = 'REDIS_URL must look like redis://host:6379, redis://user:password@host:6379/0 or rediss://host:6379.'

function toUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['redis:', 'rediss:', 'valkey:', 'valkeys:'].includes(url.protocol) || !url.hostname) throw new Error(WRONG_URL)
  return url
}

const toNode = (url: URL): RedisNode => ({
  // An IPv6 address stands in brackets only within a URL.
  host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
  port: Number(url.port || '6379'),
})
