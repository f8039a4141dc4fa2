import type { Appliance } from '@/lib/contracts/appliances'
import type { Subject } from '@/lib/contracts/assistant'

/** How people call the appliances, in English and German. */
const APPLIANCE_WORDS: Record<Appliance, string> = {
  HeatPump: 'heat ?pumps?|wärmepumpen?',
  Dishwasher: 'dish ?washers?|geschirrspüler|spülmaschinen?|geschirrspülmaschinen?',
  WashingMachine: 'washing ?machines?|(?<!dish )(?<!dish)washers?|waschmaschinen?|laundry machine',
  Dryer: '(?:tumble |clothes )?(?<!hair )(?<!hair)dr[yi]ers?|(?:wäsche)?trockner',
  Freezer: 'freezers?|gefrierschr[aä]nke?|tiefkühlschrank|tiefkühltruhe|gefriertruhe',
  Refrigerator: 'refrigerators?|fridges?|kühlschr[aä]nke?',
  ElectricOven: '(?:electric )?(?<!microwave )ovens?|back[oö]fen|elektroherd|herd|cookers?',
  Microwave: 'microwaves?(?: ovens?)?|mikrowellen?',
  ElectricKettle: '(?:electric )?kettles?|wasserkocher',
  Computer: 'computers?|pcs?|rechner',
  Television: 'televisions?|tvs?|tv sets?|fernseher',
}

/** Other things that draw power, which no appliance of a result stands for unless a device is called so. */
const OTHER_WORDS = [
  'saunas?|pools?(?: pumps?)?|hot tubs?|jacuzzis?|whirlpools?|electric (?:car|vehicle)s?|ev|evs|wall ?box(?:es)?',
  '(?:car|ev) chargers?|e-autos?|elektroautos?|air ?con(?:ditioner|ditioning)?s?|klimaanlagen?|toasters?',
  'hair ?dr[yi]ers?|föhn|vacuums?(?: cleaners?)?|staubsauger|lamps?|lights?|lighting|licht|lampen?|routers?',
  'printers?|drucker|irons?|bügeleisen|boilers?|water heaters?|durchlauferhitzer|coffee (?:machine|maker)s?',
  'kaffeemaschinen?|espresso machines?|induction hobs?|hobs?|stoves?|stovetops?|cooktops?|fans?|ventilator(?:en)?',
  'aquariums?|servers?|game consoles?|consoles?|playstations?|xbox|laptops?|phones?|batter(?:y|ies)|batterie',
  'solar(?: panels?| system)?|pv|photovoltaics?|space heaters?|heaters?|radiators?|heizung|heizlüfter',
  'floor heating|underfloor heating|dehumidifiers?|humidifiers?|garage doors?|pumps?|motors?|elevators?|lifts?',
  '3d printers?|crypto miners?|mining rigs?|miners?|treadmills?|towel rails?|electric blankets?|wine coolers?',
  'ice makers?|blenders?|mixers?|rice cookers?|air fryers?|slow cookers?|grills?|welders?|drills?|lawn ?mowers?',
  'robots?|speakers?|stereos?|modems?|sewing machines?|monitors?',
].join('|')

export interface NameMention {
  /** null: something no appliance stands for. */
  subject: Subject | null
  text: string
  start: number
  end: number
}

const LEXICON: [Subject | null, RegExp][] = [
  ...(Object.entries(APPLIANCE_WORDS) as [Appliance, string][]).map(([appliance, words]): [Subject, RegExp] => [
    appliance,
    new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'giu'),
  ]),
  [
    'other',
    /(?<![\p{L}])(?:everything else|the rest|alles andere|der rest|rest of it|none of the appliances|no appliance)(?![\p{L}])/giu,
  ],
  [null, new RegExp(`(?<![\\p{L}\\p{N}])(?:${OTHER_WORDS})(?![\\p{L}\\p{N}])`, 'giu')],
]

/** Appliances and other devices that a text names, in the order of the text; of two that overlap, the longer. */
export function findNames(text: string): NameMention[] {
  const found = LEXICON.flatMap(([subject, words]) =>
    [...text.matchAll(words)].map((match) => ({
      subject,
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
    })),
  ).sort((a, b) => a.start - b.start || b.end - a.end)
  return found.filter(
    (name, index) => !found.some((other, at) => at !== index && covers(other, name) && (!covers(name, other) || at < index)),
  )
}

const covers = (outer: NameMention, inner: NameMention) => outer.start <= inner.start && outer.end >= inner.end
