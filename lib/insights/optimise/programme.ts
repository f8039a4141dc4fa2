const DECIMALS = 10

/** A factor and the variable it belongs to. */
export type Term = [factor: number, name: string]

/** A mixed-integer linear programme while it is written down. Variables are 0 or more. */
export class Programme {
  readonly costs: Term[] = []
  readonly bounds: string[] = []
  readonly binaries: string[] = []
  private readonly rows: string[] = []

  row(terms: readonly Term[], relation: '=' | '<=' | '>=', right: number): void {
    this.rows.push(`${sum(terms)} ${relation} ${right.toFixed(DECIMALS)}`)
  }

  /** Of two variables with these largest values one is 0. */
  either(first: string, mostOfFirst: number, second: string, mostOfSecond: number, binary: string): void {
    this.binaries.push(binary)
    this.row([[1, first], [-mostOfFirst, binary]], '<=', 0)
    this.row([[1, second], [mostOfSecond, binary]], '<=', mostOfSecond)
  }

  /** In CPLEX LP format. */
  text(): string {
    return [
      'Minimize',
      ` cost: ${sum(this.costs) || '0 nothing'}`,
      'Subject To',
      ...this.rows.map((row, index) => ` r${index}: ${row}`),
      'Bounds',
      ...this.bounds.map((bound) => ` ${bound}`),
      ...(this.binaries.length > 0 ? ['Binary', ...this.binaries.map((name) => ` ${name}`)] : []),
      'End',
    ].join('\n')
  }
}

/** A line for each term: lines of the format are not to be long. */
function sum(terms: readonly Term[]): string {
  return terms.map(([factor, name]) => `${factor < 0 ? '-' : '+'} ${Math.abs(factor).toFixed(DECIMALS)} ${name}`).join('\n  ')
}
