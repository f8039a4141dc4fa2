import type { Calendar } from '@/lib/simulation/calendar'
import { hashUnit, smoothNoise, streamSeed } from '@/lib/simulation/random'

const DAY_SECONDS = 86_400
const YEAR_DAYS = 365.2425
const LATITUDE_RADIANS = (51.5 * Math.PI) / 180

/** Central-European weather as a function of time: seasonal and daily course, fronts of some days. */
export class Weather {
  private readonly frontSeed: number
  private readonly skySeed: number

  constructor(
    seed: number,
    private readonly calendar: Calendar,
  ) {
    this.frontSeed = streamSeed(seed, 'weather-front')
    this.skySeed = streamSeed(seed, 'weather-sky')
  }

  /** °C in the shade. */
  outdoorCelsius(timestampSeconds: number): number {
    const season = this.seasonCosine(timestampSeconds)
    const clear = 1 - this.cloudiness(timestampSeconds)
    const dailySwing = (2.2 + 2 * (1 - season)) * (0.6 + 0.7 * clear)
    return (
      this.dailyMeanCelsius(timestampSeconds) -
      dailySwing * Math.cos((2 * Math.PI * (this.localHour(timestampSeconds) - 3.5)) / 24)
    )
  }

  /** °C, the mean of the days around: what walls and mains water follow. */
  dailyMeanCelsius(timestampSeconds: number): number {
    const front = 4.5 * smoothNoise(this.frontSeed, timestampSeconds, 4.3 * DAY_SECONDS)
    const passing = 1.8 * smoothNoise(this.frontSeed ^ 1, timestampSeconds, 1.1 * DAY_SECONDS)
    return 10.6 - 8.6 * this.seasonCosine(timestampSeconds) + front + passing
  }

  /** °C of the room the cold appliances stand in: heated in winter, drifting with the weather in summer. */
  kitchenCelsius(timestampSeconds: number): number {
    const warmDays = Math.max(0, this.dailyMeanCelsius(timestampSeconds) - 14)
    const hour = this.localHour(timestampSeconds)
    return 20.2 + 0.55 * warmDays - 1.1 * Math.cos((2 * Math.PI * (hour - 5)) / 24)
  }

  /** °C of water from the mains; lags the season by a month. */
  mainsWaterCelsius(timestampSeconds: number): number {
    return 12 - 5 * this.seasonCosine(timestampSeconds - 30 * DAY_SECONDS)
  }

  /** 0 in daylight, 1 when it is dark outside; clouds bring the dusk forward. */
  darkness(timestampSeconds: number): number {
    const shade = 5 * this.cloudiness(timestampSeconds)
    return Math.max(0, Math.min(1, (9 + shade - this.sunElevationDegrees(timestampSeconds)) / 10))
  }

  /** 0 clear, 1 overcast. */
  cloudiness(timestampSeconds: number): number {
    const slow = smoothNoise(this.skySeed, timestampSeconds, 0.9 * DAY_SECONDS)
    return Math.max(0, Math.min(1, 0.55 + 0.7 * slow))
  }

  /** A daily chance shared by everything that asks about the same day. */
  isWashingLineDay(dayNumber: number, noonSeconds: number): boolean {
    return this.dailyMeanCelsius(noonSeconds) > 13 && this.cloudiness(noonSeconds) < 0.6 + 0.2 * hashUnit(this.skySeed, dayNumber)
  }

  private sunElevationDegrees(timestampSeconds: number): number {
    const declination = -0.409 * this.seasonCosine(timestampSeconds + 10 * DAY_SECONDS)
    const hourAngle = (2 * Math.PI * (this.solarHour(timestampSeconds) - 12)) / 24
    const sine =
      Math.sin(LATITUDE_RADIANS) * Math.sin(declination) +
      Math.cos(LATITUDE_RADIANS) * Math.cos(declination) * Math.cos(hourAngle)
    return (Math.asin(sine) * 180) / Math.PI
  }

  /** 1 in the coldest week, -1 in the warmest. */
  private seasonCosine(timestampSeconds: number): number {
    const days = timestampSeconds / DAY_SECONDS + this.calendar.seasonShiftDays
    return Math.cos((2 * Math.PI * (days - 20)) / YEAR_DAYS)
  }

  private localHour(timestampSeconds: number): number {
    const offset = this.calendar.dayAt(timestampSeconds).utcOffsetSeconds
    return ((((timestampSeconds + offset) % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS) / 3600
  }

  /** Zones lie east of their meridian's sun by about 20 min in Western Europe; summer time is an hour more. */
  private solarHour(timestampSeconds: number): number {
    return this.localHour(timestampSeconds) - this.calendar.daylightSavingHours(timestampSeconds) - 0.33
  }
}
