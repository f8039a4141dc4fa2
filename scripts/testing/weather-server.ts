import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const HOUR = 3600
const DAY = 24 * HOUR

export interface WeatherServerForTests {
  url: string
  /** What was asked for, oldest first. */
  asked: URL[]
  /** Answers something else from now on; null: forecasts again. */
  answerWith(answer: ((request: IncomingMessage, response: ServerResponse) => void) | null): void
  close(): Promise<void>
}

/** An HTTP server that answers like Open-Meteo: `weatherAt` says what it forecasts so many days before. */
export async function startWeatherServer(
  weatherAt: (seconds: number, leadDays: number) => { temperature: number | null; irradiance: number | null },
): Promise<WeatherServerForTests> {
  const asked: URL[] = []
  let other: ((request: IncomingMessage, response: ServerResponse) => void) | null = null
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    asked.push(url)
    if (other) return other(request, response)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answerTo(url.searchParams, weatherAt)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answerWith: (answer) => void (other = answer),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function answerTo(query: URLSearchParams, weatherAt: Parameters<typeof startWeatherServer>[0]) {
  const today = Math.floor(Date.now() / 1000 / DAY) * DAY
  const days = Number(query.get('past_days') ?? 0) + Number(query.get('forecast_days'))
  const first = today - Number(query.get('past_days') ?? 0) * DAY
  const time = Array.from({ length: days * 24 }, (_, hour) => first + hour * HOUR)
  const columns = (query.get('hourly') ?? '').split(',').map((name) => {
    const leadDays = Number(/_previous_day(\d)$/.exec(name)?.[1] ?? 0)
    return [name, time.map((at) => weatherAt(at, leadDays)[name.startsWith('temperature') ? 'temperature' : 'irradiance'])]
  })
  return {
    latitude: Number(query.get('latitude')),
    longitude: Number(query.get('longitude')),
    utc_offset_seconds: 0,
    timezone: 'GMT',
    hourly_units: { time: 'unixtime', temperature_2m: '°C', shortwave_radiation: 'W/m²' },
    hourly: { time, ...Object.fromEntries(columns) },
  }
}
