import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readText, wattsOf } from './testing/read-text'

const T0 = 1_706_184_000

describe('a Green Button feed is read', () => {
  it('Green Button: energy of what was drawn, by the end of its interval, what was exported left out', async () => {
    const block = (
      meter: number,
      wh: number,
    ) => `<entry><link rel="self" href="/MR/${meter}/IB/1"/><link rel="up" href="/MR/${meter}/IB"/><content>
      <espi:IntervalBlock>${[0, 1, 2].map((i) => `<espi:IntervalReading><espi:timePeriod><espi:duration>900</espi:duration><espi:start>${T0 + i * 900}</espi:start></espi:timePeriod><espi:value>${wh + i}</espi:value></espi:IntervalReading>`).join('\n')}
      </espi:IntervalBlock></content></entry>`
    const type = (
      id: number,
      direction: number,
    ) => `<entry><link rel="self" href="/RT/${id}"/><content><espi:ReadingType><espi:flowDirection>${direction}</espi:flowDirection>
      <espi:powerOfTenMultiplier>1</espi:powerOfTenMultiplier><espi:uom>72</espi:uom></espi:ReadingType></content></entry>`
    const meter = (id: number) =>
      `<entry><link rel="self" href="/MR/${id}"/><link rel="related" href="/RT/${id}"/><content><espi:MeterReading/></content></entry>`
    const feed = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:espi="http://naesb.org/espi">${block(2, 900)}${meter(1)}${meter(2)}${block(1, 10)}${type(2, 19)}${type(1, 1)}</feed>`
    const read = await readText(feed, { name: 'green.xml' })
    expect(read).toMatchObject({ format: 'green_button', container: 'xml', judgement: { energy: 'interval', asReadings: false } })
    // 10 x 10 Wh in a quarter of an hour.
    expect(wattsOf(read)).toEqual([
      [T0 + 900, 400],
      [T0 + 1800, 440],
      [T0 + 2700, 480],
    ])
  })

  it('Green Button of several meters and kinds: the shortest intervals of net energy of the first one', async () => {
    const point = (id: number, kind: number) =>
      `<entry><link rel="self" href="/UsagePoint/${id}"/><content><UsagePoint><ServiceCategory><kind>${kind}</kind></ServiceCategory></UsagePoint></content></entry>`
    const type = (id: number, facts: Record<string, number>) =>
      `<entry><link rel="self" href="/ReadingType/${id}"/><content><ReadingType>${Object.entries(facts)
        .map(([name, value]) => `<${name}>${value}</${name}>`)
        .join('')}</ReadingType></content></entry>`
    const meter = (usagePoint: number, id: number, typeId: number, block: string) => {
      const self = `/UsagePoint/${usagePoint}/MeterReading/${id}`
      return `<entry><link rel="self" href="${self}"/><link rel="related" href="/ReadingType/${typeId}"/><content><MeterReading/></content></entry>
        <entry><link rel="self" href="${self}/IntervalBlock/1"/><link rel="up" href="${self}/IntervalBlock"/><content>${block}</content></entry>`
    }
    const timed = (seconds: number, values: number[]) =>
      `<IntervalBlock><interval><duration>86400</duration><start>${T0}</start></interval>${values
        .map(
          (value, i) =>
            `<IntervalReading><cost>7</cost><timePeriod><duration>${seconds}</duration><start>${T0 + i * seconds}</start></timePeriod><value>${value}</value></IntervalReading>`,
        )
        .join('')}</IntervalBlock>`
    // Readings may leave out their times where they follow each other.
    const untimed = (values: number[]) =>
      `<IntervalBlock><interval><duration>86400</duration><start>${T0}</start></interval>${values
        .map((value) => `<IntervalReading><value>${value}</value></IntervalReading>`)
        .join('')}</IntervalBlock>`
    const feed = [
      '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:espi="http://naesb.org/espi">',
      point(1, 1),
      point(2, 0),
      point(3, 0),
      meter(1, 9, 3, timed(3600, [4, 5, 6])),
      meter(2, 1, 1, timed(86_400, [24_000])),
      meter(2, 2, 3, untimed([1500, -500, 250])),
      meter(2, 3, 2, timed(900, [3000, 3000, 3000])),
      meter(2, 4, 4, timed(900, [9, 9, 9])),
      meter(3, 5, 3, timed(3600, [7, 8, 9])),
      type(1, { flowDirection: 4, intervalLength: 86_400, powerOfTenMultiplier: -3, uom: 72 }),
      type(2, { dataQualifier: 8, flowDirection: 1, intervalLength: 900, powerOfTenMultiplier: 0, uom: 38 }),
      type(3, { flowDirection: 4, intervalLength: 3600, powerOfTenMultiplier: -1, uom: 72 }),
      type(4, { flowDirection: 1, intervalLength: 900, powerOfTenMultiplier: 0, uom: 73 }),
      '</feed>',
    ].join('\n')
    const read = await readText(feed, { name: 'green.xml' })
    expect(wattsOf(read)).toEqual([
      [T0 + 3600, 150],
      [T0 + 7200, -50],
      [T0 + 10_800, 25],
    ])
    expect(read.notes.join(' ')).toMatch(/drawn less what was exported.*2 kinds.*2 meters/)
  })

  it.each([
    ['readings', '<IntervalBlock>\n', '<IntervalReading/>\n', 600_000],
    ['text', '<title>\n', `${'x'.repeat(1000)}\n`, 20_000],
    ['nested tags', '', '<a>\n', 1000],
  ])('a packed feed whose %s have no end is refused before they fill the memory', async (_, head, line, count) => {
    const packed = gzipSync(`<feed xmlns="http://naesb.org/espi"><entry>${head}${line.repeat(count)}`)
    await expect(readText(packed, { name: 'green.xml.gz' })).rejects.toThrow(/far larger than any/)
  })
})
