import { describe, expect, it } from 'vitest'
import { clearSkyHour, clearSkyIrradiance, sunPosition } from './clear-sky'
import { locatePlant } from './locate-plant'

describe('the sun', () => {
  it('stands where the almanac says: Greenwich at the solstices, the equator at equinox', () => {
    const degrees = (latitudeDegrees: number, longitudeDegrees: number, time: string) =>
      (Math.asin(sunPosition({ latitudeDegrees, longitudeDegrees }, Date.parse(time) / 1000).sinElevation) * 180) / Math.PI
    expect(degrees(51.48, 0, '2025-06-21T12:02Z')).toBeCloseTo(61.96, 0)
    expect(degrees(51.48, 0, '2025-12-21T11:58Z')).toBeCloseTo(15.08, 0)
    expect(degrees(0, 0, '2025-03-20T12:07Z')).toBeCloseTo(90, -0.5)
    expect(degrees(51.48, 0, '2025-06-21T00:00Z')).toBeLessThan(-10)
  })

  it('gives a clear sky by Haurwitz: 1037 W/m2 from overhead, none below the horizon', () => {
    expect(clearSkyIrradiance(1)).toBeCloseTo(1037, 0)
    expect(clearSkyIrradiance(0)).toBe(0)
    expect(clearSkyIrradiance(-0.5)).toBe(0)
  })
})

describe('a plant', () => {
  const start = Date.UTC(2025, 0, 1) / 1000
  const place = { latitudeDegrees: 47, longitudeDegrees: 11 }
  const days = 200

  it('is found by when it generates, and so are the hours of its sun', () => {
    const values = Float64Array.from({ length: days * 24 }, (_, hour) => {
      const clouds = hour % 72 < 24 ? 1 : 0.5
      return 4.2 * clouds * clearSkyHour(place, start + hour * 3600)
    })
    const found = locatePlant(values, start, values.length)
    expect(Math.abs(found!.longitudeDegrees - 11)).toBeLessThanOrEqual(4)
    expect(Math.abs(found!.latitudeDegrees - 47)).toBeLessThanOrEqual(8)
  })

  it('is not seen in what runs at night', () => {
    expect(locatePlant(new Float64Array(days * 24).map((_, hour) => 100 + (hour % 24)), start, days * 24)).toBeNull()
    expect(locatePlant(new Float64Array(days * 24), start, days * 24)).toBeNull()
  })
})
