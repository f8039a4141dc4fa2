import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { APPLIANCE_COLORS, cssColor, darkColor, STACK_ORDER, type OklchColor } from './appliance-colors'

type Triple = [number, number, number]
type Matrix = [Triple, Triple, Triple]

/** Machado, Oliveira, Fernandes (2009), severity 1, on linear sRGB. */
const DEFICIENCIES: Record<'protanopia' | 'deuteranopia', Matrix> = {
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
}
const LAB_TO_LMS: Matrix = [[1, 0.3963377774, 0.2158037573], [1, -0.1055613458, -0.0638541728], [1, -0.0894841775, -1.291485548]]
const LMS_TO_RGB: Matrix = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.7076147010],
]
const RGB_TO_LMS: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
]
const LMS_TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
]

const apply = (matrix: Matrix, v: Triple) => matrix.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as Triple
const linearRgb = ({ lightness, chroma, hueDegrees }: OklchColor): Triple => {
  const angle = (hueDegrees * Math.PI) / 180
  const lms = apply(LAB_TO_LMS, [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)])
  return apply(LMS_TO_RGB, lms.map((value) => value ** 3) as Triple)
}
const oklab = (rgb: Triple): Triple => apply(LMS_TO_LAB, apply(RGB_TO_LMS, rgb).map(Math.cbrt) as Triple)
const distance = (a: Triple, b: Triple) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
const clamp = (rgb: Triple) => rgb.map((value) => Math.min(1, Math.max(0, value))) as Triple

const stack = STACK_ORDER.flatMap((series) => (series === 'other' ? [] : [series]))
const themes = {
  light: stack.map((appliance) => APPLIANCE_COLORS[appliance]),
  dark: stack.map((appliance) => darkColor(APPLIANCE_COLORS[appliance])),
}

function smallestDistance(labs: Triple[], onlyNeighbours = false): number {
  const distances = labs.flatMap((a, i) => labs.slice(i + 1, onlyNeighbours ? i + 2 : undefined).map((b) => distance(a, b)))
  return Math.min(...distances)
}

describe.each(Object.entries(themes))('the appliance colours of the %s theme', (theme, colors) => {
  const rgbs = colors.map(linearRgb)

  it('exist on an sRGB screen', () => {
    for (const channel of rgbs.flat()) {
      expect(channel).toBeGreaterThan(-0.002)
      expect(channel).toBeLessThan(1.002)
    }
  })

  it('are told apart by everyone: every pair, and neighbours in the stack more so', () => {
    expect(smallestDistance(rgbs.map(oklab))).toBeGreaterThan(0.1)
    for (const matrix of Object.values(DEFICIENCIES)) {
      const seen = rgbs.map((rgb) => oklab(clamp(apply(matrix, rgb))))
      expect(smallestDistance(seen)).toBeGreaterThan(0.05)
      expect(smallestDistance(seen, true)).toBeGreaterThan(0.08)
    }
  })

  it('are what the style sheet sets', () => {
    const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')
    const block = css.slice(css.indexOf(theme === 'light' ? ':root {' : '.dark {'))
    for (const [index, appliance] of stack.entries()) {
      const value = block.match(new RegExp(`--appliance-${appliance}: ([^;]+);`))?.[1]
      expect(value).toBe(cssColor(colors[index]!))
    }
  })
})

it('stacks every appliance once, the rest of the meter at the bottom', () => {
  expect(STACK_ORDER[0]).toBe('other')
  expect([...stack].sort()).toEqual([...APPLIANCES].sort())
})
