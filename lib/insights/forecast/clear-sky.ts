const RADIANS = Math.PI / 180

export interface Place {
  latitudeDegrees: number
  /** East positive. */
  longitudeDegrees: number
}

export interface SunPosition {
  /** Sine of the elevation; negative below the horizon. */
  sinElevation: number
  /** Degrees; negative before noon. */
  hourAngleDegrees: number
}

/** Where the sun stands. NOAA Solar Calculator, general solar position calculations (low accuracy equations). */
export function sunPosition({ latitudeDegrees, longitudeDegrees }: Place, unixSeconds: number): SunPosition {
  const days = unixSeconds / 86_400
  const date = new Date(unixSeconds * 1000)
  const yearStart = Date.UTC(date.getUTCFullYear(), 0, 1) / 86_400_000
  const gamma = ((2 * Math.PI) / 365.25) * (days - yearStart - 0.5)
  const equationOfTimeMinutes =
    229.18 *
    (0.000075 +
      0.001868 * Math.cos(gamma) -
      0.032077 * Math.sin(gamma) -
      0.014615 * Math.cos(2 * gamma) -
      0.040849 * Math.sin(2 * gamma))
  const declination =
    0.006918 -
    0.399912 * Math.cos(gamma) +
    0.070257 * Math.sin(gamma) -
    0.006758 * Math.cos(2 * gamma) +
    0.000907 * Math.sin(2 * gamma) -
    0.002697 * Math.cos(3 * gamma) +
    0.00148 * Math.sin(3 * gamma)
  const solarMinutes = (days - Math.floor(days)) * 1440 + equationOfTimeMinutes + 4 * longitudeDegrees
  const hourAngleDegrees = ((((solarMinutes / 4 - 180 + 180) % 360) + 360) % 360) - 180
  const latitude = latitudeDegrees * RADIANS
  const sinElevation =
    Math.sin(latitude) * Math.sin(declination) +
    Math.cos(latitude) * Math.cos(declination) * Math.cos(hourAngleDegrees * RADIANS)
  return { sinElevation, hourAngleDegrees }
}

/**
 * Irradiance of the ground under a clear sky, W/m2. Haurwitz 1945: 1098 cos z exp(-0.057 / cos z), z the sun's distance from the zenith.
 */
export function clearSkyIrradiance(sinElevation: number): number {
  return sinElevation <= 0.01 ? 0 : 1098 * sinElevation * Math.exp(-0.057 / sinElevation)
}

/** Mean over an hour that begins at a time, W/m2. */
export function clearSkyHour(place: Place, startSeconds: number): number {
  let sum = 0
  for (const minutes of [5, 15, 25, 35, 45, 55]) {
    sum += clearSkyIrradiance(sunPosition(place, startSeconds + minutes * 60).sinElevation)
  }
  return sum / 6
}
