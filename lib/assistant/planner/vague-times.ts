/** Times that a question names and no calendar here knows: the answer asks for the days instead of taking others. */

const HOLIDAYS = '(?:school|half[- ]term|bank|public|term)'
const VAGUE = new RegExp(
  String.raw`\b(?:(?:on|at|over|during|in|since|for|before|after|until) )?(?:the )?(?:last |this |our |my )?` +
    String.raw`(?:half[- ]terms?|${HOLIDAYS} holidays?(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day| weekend)?|` +
    String.raw`(?<=\b(?:the|last|this) )holidays|pay ?days?|the other (?:day|week|month|night|evening|morning|weekend)|other day|(?:some time|a while|ages) (?:ago|back)|` +
    String.raw`back then|(?:financial|tax|fiscal|billing|heating) (?:year|period|season)|(?:thanks ?giving|black friday|cyber monday|ramadan|eid|diwali|hanukkah|passover|mother'?s day|father'?s day|carnival|ascension day|` +
    String.raw`whit ?sun|pentecost|golden week|chinese new year|lunar new year|spring break)(?: day| weekend| holidays?)?|` +
    String.raw`(?:my|our|his|her) (?:birthday|anniversary|wedding|holidays?|vacation))\b|` +
    String.raw`\b(?:since|before|after|around) (?:breakfast|dinner|supper|tea)\b(?! is)`,
)

/** `text`: lower-case; comes back without the time, and with it in words, or null where there is none such. */
export function withoutVagueTime(text: string): { text: string; vagueTime: string | null } {
  const hit = VAGUE.exec(text)
  if (!hit) return { text, vagueTime: null }
  return { text: `${text.slice(0, hit.index)}${text.slice(hit.index + hit[0].length)}`, vagueTime: hit[0].trim() }
}
