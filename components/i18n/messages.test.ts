import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { describe, expect, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { LANGUAGES, type Language } from './languages'
import { MESSAGES } from './messages'

type Tree = { [key: string]: string | Tree }

function flat(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`))
}

/** Every argument with its kind, and every tag, as "count plural" or "link tag". */
function argumentsOf(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    const own = `${element.value} ${TYPE[element.type]}`
    if (element.type === TYPE.tag) return [own, ...argumentsOf(element.children)]
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      return [own, ...Object.values(element.options).flatMap(({ value }) => argumentsOf(value))]
    }
    return [own]
  })
}

/** How often a word stands is each language's own affair, also whether it needs the plural of a number. */
function signature(message: string): string[] {
  const kinds = argumentsOf(parse(message)).map((argument) => argument.replace(/ (plural|number)$/, ' argument'))
  return [...new Set(kinds)].sort()
}

const english = new Map(flat(MESSAGES.en))
const others = (Object.keys(LANGUAGES) as Language[]).filter((language) => language !== 'en')

describe.each(others)('the messages in %s', (language) => {
  const messages = new Map(flat(MESSAGES[language]))

  it('are those of English, none missing and none left over', () => {
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('take the same arguments as in English', () => {
    for (const [key, message] of messages) {
      expect({ key, arguments: signature(message) }).toEqual({ key, arguments: signature(english.get(key) ?? '') })
    }
  })

  it('say something', () => {
    expect([...messages].filter(([, message]) => message.trim() === '')).toEqual([])
  })
})

it('names every appliance', () => {
  expect(Object.keys(MESSAGES.en.appliances.label).sort()).toEqual([...APPLIANCES].sort())
  expect(Object.keys(MESSAGES.en.appliances.inText).sort()).toEqual([...APPLIANCES].sort())
})
