import { describe, expect, it } from 'vitest'
import { SpellingCorrector } from './spelling'
import { Synonyms } from './synonyms'

const synonyms = new Synonyms({
  toaster: ['compressor', 'motor', 'fan', 'fan heater', 'light', 'monitor', 'charger', 'pump'], topic: ['football', 'religion', 'cake', 'dinner', 'france'],
  washer: ['washing machine'], fridge: ['refrigerator'], computer: ['laptop'], heatpump: ['heating'], neighbour: ['landlord'], tv: ['telly'],
})
const replaced = (text: string) => synonyms.replace(text.split(' ')).join(' ')

describe('the planner\'s synonyms', () => {
  it.each([
    ['the compressor on the freezer is loud', 'the freezer is loud'],
    ['the pump of our washing machine', 'our washer'],
    ['refrigerator motor', 'fridge'],
    ['did the oven fan run', 'did the oven run'],
    ['is the light in the oven on', 'is the oven on'],
    ['heating element of the oven', 'oven'],
    ['laptop charger', 'computer'],
  ])('take a part for its appliance in "%s"', (text, read) => expect(replaced(text).replace(/^the oven$/, 'oven')).toBe(read))

  it.each([['the fan', 'the toaster'], ['oven and fan', 'oven and toaster'], ['oven fan heater', 'oven toaster'], ['our monitor', 'our toaster']])(
    'leave a device of its own in "%s"', (text, read) => expect(replaced(text)).toBe(read),
  )

  it.each([
    ['baking a cake in the oven', 'baking a cake in the oven'], ['football on the telly', 'football on the tv'],
    ['electricity used after dinner', 'electricity used after dinner'], ['tell us about football', 'tell us about topic'],
    ['electricity in france', 'electricity in topic'],
  ])('read nothing foreign into what is said of the site in "%s"', (text, read) => expect(replaced(text)).toBe(read))

  it('tell verbs from devices', () => expect(replaced('can you monitor the dryer')).toBe('can you monitor the dryer'))

  it('tell what others ask from what others use', () => {
    expect(replaced('our landlord wants the total')).toBe('our landlord wants the total')
    expect(replaced('the use of our landlord')).toBe('the use of our neighbour')
  })

  it('take no misspelt word for a foreign subject', () => {
    const spelling = new SpellingCorrector(['dryer', ...synonyms.words()], [], synonyms.foreignWords())
    expect(['religion', 'revision', 'dryre'].map((word) => spelling.correct(word))).toEqual(['religion', '[UNK]', 'dryer'])
  })
})
