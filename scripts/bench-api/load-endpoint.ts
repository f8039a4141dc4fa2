import autocannon from 'autocannon'
import { quantile } from '@/lib/domain/always-on'

export interface EndpointLoad {
  base: string
  token: string
  connections: number
  seconds: number
  what: string
  /** Asked in turn. */
  paths: readonly string[]
}

/** Asks one endpoint as fast as it answers, and prints how long the answers took. The first round, which warms up, does not count. */
export async function loadEndpoint({ base, token, connections, seconds, what, paths }: EndpointLoad): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, cookie: `next-auth.session-token=${token}` }
  for (const path of paths.slice(0, connections)) {
    const response = await fetch(base + path, { headers, redirect: 'manual', signal: AbortSignal.timeout(60_000) })
    if (response.status !== 200)
      throw new Error(`${path} answers ${response.status}: ${(await response.text()).slice(0, 200)}`)
    await response.arrayBuffer()
  }
  const milliseconds: number[] = []
  let errors = 0
  await new Promise<void>((resolve, reject) => {
    const load = autocannon(
      {
        url: base,
        connections,
        duration: seconds,
        timeout: 60,
        headers,
        requests: paths.map((path) => ({ method: 'GET', path })),
      },
      (error) => (error ? reject(error) : resolve()),
    )
    load.on('response', (_client, status, _bytes, time) => {
      if (status === 200) milliseconds.push(time)
      else errors++
    })
    load.on('reqError', () => errors++)
  })
  const at = (share: number) => (milliseconds.length > 0 ? quantile(milliseconds, share).toFixed(0) : '-').padStart(6)
  console.log(
    `${at(0.5)}   ${at(0.95)}   ${at(0.99)}   ${(milliseconds.length / seconds).toFixed(1).padStart(9)}   ${String(errors).padStart(6)}   ${what}`,
  )
}
