/**
 * Common words the planner's model need not know: they are right as they stand, so none that it knows was meant by them. Those it
 * has not learned it reads as UNKNOWN_WORD.
 */
export const PLAIN_WORDS: readonly string[] = (
  'able above across actual add afraid against age agree air allow alone along already although always among angle animal ' +
  'answer anyway area army arrive ask author baby bad bag ball band bank bar base beach bear beat beautiful bed began ' +
  'behind believe bell below beside best better beyond bird bit black blood blow blue board boat body bone book born both ' +
  'bottom bought bound bow boy branch brave bright bring broke brought brown build built business busy call calm came ' +
  'camp care carry case catch cause cell chair chance character charge chart check child choose church circle class clear ' +
  'climb clock close cloth cloud coast coat cold collect color come common company complete condition contain control ' +
  'cook cool copy corn corner correct cotton count country course court cover cow create cross crowd cry current dance ' +
  'danger dark dead deal dear death decide deep degree depend describe desert design develop dictionary die direct ' +
  'discuss distant divide doctor door double doubt down dream dress drink drive drop dry duck dust each ear early earth ' +
  'ease east edge effect effort egg eight either electric element else empty enemy engine enough enter equal especially ' +
  'even event every exact example except excite exercise expect experience explain express eye face fact fair fall family ' +
  'famous far farm fast father favor fear feel feet fell felt field fight figure fill film final find fine finger finish ' +
  'fire fit flat floor flow fly follow food foot force forest forget form forward found free fresh friend front fruit ' +
  'full fun game gave general gentle glad glass gold gone good got govern grand gray great green grew ground group grow ' +
  'guess gun hair half hand happen happy hard hat hate head hear heart heavy height held hide hill hit hold hole hope ' +
  'horse host human hunt hurry idea imagine inch indeed industry insect instrument interest invent iron island job join ' +
  'joke joy jump just keep kept key kill kind king knew lady lake land language large late laugh law lay lead learn leave ' +
  'led left leg length less let letter level lie life lift line liquid listen live local log lone long look lost lot loud ' +
  'love low luck machine magnet main make man map mark market mass master match material matter mean meant measure meat ' +
  'meet melody metal method middle might mile mind mine miss mix modern molecule moment money moon mother motion mount ' +
  'mountain mouth move music name nation natural nature near necessary neck need neighbor never news nice noise noon ' +
  'north nose note nothing notice noun number object observe occur ocean offer office often open opposite order organ ' +
  'original outside own oxygen pack page paint pair paper paragraph parent part party pass path pattern pay people ' +
  'perhaps person phrase picture piece place plain plan plane planet plant play please plural poem point poor pose ' +
  'position possible post pound practice prepare present press pretty print probable problem process produce product ' +
  'proper property protect prove provide push put quart queen question quick quiet quite race radio rail raise range ' +
  'reach read ready real reason receive record red region remember reply represent require rest rich ride ring river road ' +
  'rock roll rope rose round rub rule safe said sail salt same sand save saw scale school science score sea search seat ' +
  'section seed seem select self sell send sense sent sentence separate serve settle several shall shape share sharp ' +
  'sheet shell shine ship shoe shop shore short shoulder shout shown side sight sign silent silver similar simple sing ' +
  'single sir sister skill skin sky slave sleep slip slow smell smile snow soft soil soldier solution solve someone song ' +
  'soon sound south speak special speech speed spell spoke spread square stand star state station steam steel step stick ' +
  'stone stood story straight strange stream street stretch string strong student study subject substance success such ' +
  'sudden suffix suggest suit supply support surface surprise swim syllable symbol system table tail take talk tall teach ' +
  'team teeth temperature term test thick thin third thought thousand throw thus tiny tire together told tone tool total ' +
  'touch toward towards town track trade travel triangle trip trouble truck true tube twenty type uncle unit until usual ' +
  'valley value vary verb view village visit voice vowel walk wall war warm wash watch wave weight west wheel white wide ' +
  'wild wind window wing winter wire wise wish woman wonder wood word world worse worth write wrong yard yellow yes yet ' +
  'young'
).split(' ')
