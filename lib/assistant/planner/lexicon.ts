/** What the model reads in place of a word it does not know. */
export const UNKNOWN_WORD = '[UNK]'

/** Spellings the normaliser replaces before the planner's model reads a question. Keys are whole words without apostrophes. */
export const REPLACEMENTS: Readonly<Record<string, string>> = {
  whats: 'what is', hows: 'how is', wheres: 'where is', whens: 'when is', whos: 'who is', whys: 'why is', its: 'it is',
  thats: 'that is', whatll: 'what will', itll: 'it will', thatll: 'that will', howll: 'how will', youll: 'you will',
  theyll: 'they will', theyre: 'they are', whatre: 'what are', whatve: 'what have', howve: 'how have', whatd: 'what did',
  howd: 'how did', whered: 'where did', whend: 'when did', whyd: 'why did', whod: 'who did', theres: 'there is',
  theyve: 'they have', youve: 'you have', wed: 'wednesday', aint: 'is not', dya: 'do you', wanna: 'want to', gotta: 'got to',
  kinda: 'kind of', coulda: 'could have', couldve: 'could have', shouldve: 'should have',
  wouldve: 'would have', mustve: 'must have', mightve: 'might have', idk: 'i do not know', outta: 'out of', lotta: 'lot of', dunno: 'do not know', innit: 'is it not', hv: 'have',
  abt: 'about', bt: 'but', coz: 'because', bc: 'because', yrself: 'yourself', ppl: 'people', smth: 'something', sth: 'something',
  wk: 'week', wks: 'weeks', lst: 'last', ths: 'this', nxt: 'next', tht: 'that', hav: 'have', wen: 'when', wich: 'which',
  wats: 'what is', wots: 'what is', whts: 'what is', hws: 'how is', ltely: 'lately', bil: 'bill', las: 'last',
  moth: 'month', wek: 'week', spnd: 'spend', compair: 'compare', compere: 'compare',
  cst: 'cost', csot: 'cost', wass: 'was', mutch: 'much', oftn: 'often', lng: 'long', frm: 'from', wth: 'with',
  yesturday: 'yesterday', pwr: 'power', usge: 'usage', enrgy: 'energy',
  ive: 'i have', im: 'i am', id: 'i would', ill: 'i will', weve: 'we have', youre: 'you are',
  dont: 'do not', doesnt: 'does not', didnt: 'did not', isnt: 'is not', arent: 'are not', wasnt: 'was not', werent: 'were not',
  cant: 'can not', cannot: 'can not', couldnt: 'could not', shouldnt: 'should not', wont: 'will not', wouldnt: 'would not',
  hasnt: 'has not', havent: 'have not', lets: 'let us', gimme: 'give me', lemme: 'let me', gonna: 'going to',
  rn: 'right now', atm: 'at the moment', helo: 'hello', teh: 'the', hte: 'the', adn: 'and', taht: 'that', waht: 'what',
  hwo: 'how', whta: 'what',
  n: 'and', si: 'is', fo: 'of', ot: 'to', u: 'you', ur: 'your', r: 'are', y: 'why', wat: 'what', wot: 'what', wht: 'what',
  hw: 'how', mch: 'much', tho: 'though', thru: 'through',
  yest: 'yesterday', ystrday: 'yesterday', yestday: 'yesterday', tmrw: 'tomorrow', tmr: 'tomorrow', tomoz: 'tomorrow',
  tdy: 'today', '2day': 'today',
  tonite: 'tonight', nite: 'night', wknd: 'weekend', wkend: 'weekend', mnth: 'month', mo: 'month', mos: 'months',
  yr: 'year', elec: 'electricity',
  leccy: 'electricity', elektricity: 'electricity', appl: 'appliance', appls: 'appliances', temp: 'temperature',
  avg: 'average', approx: 'approximately', prev: 'previous', curr: 'current', comp: 'compare', cuz: 'because',
  kwhs: 'kwh', kws: 'kw', hrs: 'hours', hr: 'hour', mins: 'minutes', min: 'minutes',
  secs: 'seconds', sec: 'seconds', yrs: 'years', mths: 'months', sep: 'sept', mar: 'march', jun: 'june',
  jul: 'july',
}

/** Contractions that would be other words without their apostrophe. */
export const APOSTROPHES: Readonly<Record<string, string>> = {
  "we're": 'we are', "we'll": 'we will', "we'd": 'we would', "she'll": 'she will', "he'll": 'he will', "she'd": 'she would',
  "he'd": 'he would', "i'd": 'i would', "who're": 'who are', "they'd": 'they would',
}

/** Units written onto a number, as in "24h" or "7d". */
export const ATTACHED_UNITS: Readonly<Record<string, string>> = {
  h: 'hours', hr: 'hours', hrs: 'hours', d: 'days', day: 'days', days: 'days', w: 'watts', wk: 'weeks', wks: 'weeks',
  min: 'minutes', mins: 'minutes',
  m: 'minutes', mo: 'months', kw: 'kw', kwh: 'kwh', hz: 'hz', v: 'volts', y: 'years', yr: 'years', yrs: 'years',
  hour: 'hours', hours: 'hours',
  weeks: 'weeks', week: 'weeks', months: 'months', month: 'months', x: 'times', c: 'degrees', p: 'pence', minutes: 'minutes',
}

export const NUMBER_WORDS: Readonly<Record<string, number>> = {
  two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen:
  13, fourteen: 14,
  fifteen: 15, sixteen: 16, eighteen: 18, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, ninety: 90, hundred: 100,
}

export const MONTHS = [
  'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december',
] as const
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export const SEASONS = ['spring', 'summer', 'autumn', 'winter'] as const
