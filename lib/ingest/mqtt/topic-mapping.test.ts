import { describe, expect, it } from 'vitest'
import { buildingOf, isTimed, readTopicMappings } from './topic-mapping'

const one = (text: string) => readTopicMappings(text)[0]!

describe('MQTT_TOPICS', () => {
  it('takes the building from the topic, whichever level it is', () => {
    const mapping = one('undercurrent/{building_id}/input')
    expect(mapping.filter).toBe('undercurrent/+/input')
    expect(mapping.form).toBeNull()
    expect(buildingOf(mapping, 'undercurrent/my_home/input')).toBe('my_home')
    for (const other of ['undercurrent/input', 'undercurrent/a/b/input', 'undercurrent/a/inputs', 'else/a/input']) {
      expect(buildingOf(mapping, other)).toBeNull()
    }
  })

  it('takes several entries, with commas and line breaks between', () => {
    const mappings = readTopicMappings('undercurrent/{building_id}/input,\n tele/main/SENSOR?building=my_home')
    expect(mappings.map(({ filter, buildingId }) => [filter, buildingId])).toEqual([
      ['undercurrent/+/input', null],
      ['tele/main/SENSOR', 'my_home'],
    ])
  })

  it('lets the broker keep only what says when it was measured', () => {
    expect(isTimed(one('undercurrent/{building_id}/input'))).toBe(true)
    expect(isTimed(one('shellypro3em-1/events/rpc?building=a'))).toBe(true)
    expect(isTimed(one('p1/now?building=a&power=now&time=at'))).toBe(true)
    expect(isTimed(one('tele/main/SENSOR?building=a'))).toBe(false)
    expect(isTimed(one('home/power?building=a'))).toBe(false)
    expect(isTimed(one('shellypro3em-1/events/rpc?building=a&time=arrival'))).toBe(false)
  })

  it.each([
    ['', /has no topic/],
    ['home/power', /building=ID/],
    ['tele/+/SENSOR?building=a', /several topics would be one main meter/],
    ['tele/+/power?building=a&sum=3&time=at', /time=arrival/],
    ['home/#?building=a', /# is not taken/],
    ['home/a+b?building=a', /whole level/],
    ['$SYS/x?building=a', /begin with a topic/],
    ['home/power?building=not%20one', /not a building id/],
    ['home/{building_id}?building=a', /either/],
    ['home/power?building=a&colour=red', /colour is unknown/],
    ['home/power?building=a&unit=MW', /W or kW/],
    ['home/power?building=a&sum=0', /sum is a number/],
    ['home/power?building=a&zone=Mars/Base', /no time zone/],
    ['home/power?building=a&power=', /power has no value/],
    ['a/{building_id}/input a/{building_id}/input', /twice/],
  ])('refuses %s and says what to change', (text, reason) => {
    expect(() => readTopicMappings(text)).toThrow(reason)
  })
})
