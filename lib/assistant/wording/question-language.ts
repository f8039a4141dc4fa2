const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []

/** Small words of the languages in which people are likeliest to ask. */
const FUNCTION_WORDS: readonly ReadonlySet<string>[] = [
  // German
  `wie viel wieviel was der das den dem ist sind hat habe haben mein meine meinem meiner ich wir unser unsere und oder nicht ein eine
   einen welche welcher welches welches wann warum wieso wer kostet kosten gekostet verbraucht verbrauche verbrauch strom heute
   gestern morgen letzte letzten letzter woche monat jahr läuft lief gerade jetzt mit für im zu von bei noch auch kann gibt mehr als`,
  // French
  `combien quel quelle quels quelles est sont le la les des du mon mes notre nos je nous et ou pas une un pourquoi quand comment hier
   mois semaine année consommé consommation coûte coûté électricité maintenant avec pour dans plus que qui ai hier aujourd`,
  // Spanish
  `cuánto cuanto cuánta cuanta qué cuál cuándo por está están el los las mi mis nuestro yo una ayer hoy mes semana año consumo
   consumido cuesta costó electricidad ahora con para más que del gasté`,
  // Italian
  `quanto quanta quale quali quando perché è sono il gli le mio mia nostro una ieri oggi mese settimana anno consumo consumato costa
   costato elettricità adesso con più che del della ho`,
  // Dutch
  `hoeveel wat welke wanneer waarom het een de zijn heeft heb mijn ons onze ik wij en niet gisteren vandaag maand jaar verbruikt
   verbruik kost gekost stroom nu met voor meer dan van`,
].map((words) => new Set(wordsOf(words)))
const ENGLISH = new Set(
  wordsOf(`a an the is are was were do does did have has had my our your i we you it its and or not how much many what which when why
    where who can could should will would of in on at for from to with by than more most this that last today yesterday tomorrow now`),
)
const LEAST_WORDS = 2
const [GERMAN, ...UNREAD] = FUNCTION_WORDS

const isMostlyNonLatin = (words: readonly string[]) => {
  const letters = words.join('')
  return (letters.match(/\P{Script=Latin}/gu)?.length ?? 0) > letters.length / 2
}

const countOf = (words: readonly string[], known: ReadonlySet<string> = ENGLISH) => words.filter((word) => known.has(word)).length

/** Whether enough small words are of one of these languages, and more than of those that are `read`. */
function isIn(languages: readonly ReadonlySet<string>[], words: readonly string[], read: number): boolean {
  const most = Math.max(...languages.map((known) => countOf(words, known)))
  return most >= LEAST_WORDS && most > read
}

/** Whether a text is plainly in neither of the languages that answers are checked in, English and German. */
export function isUnread(text: string): boolean {
  const words = wordsOf(text)
  return isMostlyNonLatin(words) || isIn(UNREAD, words, Math.max(countOf(words), countOf(words, GERMAN)))
}

/** Whether a question is plainly in another language than English, by its small words or its script. */
export function isForeign(question: string): boolean {
  const words = wordsOf(question)
  return isMostlyNonLatin(words) || isIn(FUNCTION_WORDS, words, countOf(words))
}
