const LINES_SHOWN = 3

/** Counts rows by what is wrong with them, and remembers where the first ones are. */
export class ProblemCounts {
  private readonly byProblem = new Map<string, { rows: number; lines: number[] }>()

  add(problem: string, lineNumber: number): void {
    let entry = this.byProblem.get(problem)
    if (!entry) this.byProblem.set(problem, (entry = { rows: 0, lines: [] }))
    entry.rows++
    if (entry.lines.length < LINES_SHOWN) entry.lines.push(lineNumber)
  }

  get rows(): number {
    return [...this.byProblem.values()].reduce((sum, { rows }) => sum + rows, 0)
  }

  count(problem: string): number {
    return this.byProblem.get(problem)?.rows ?? 0
  }

  /** As in "3 rows: time unreadable (lines 4, 9, 17)", the most frequent first. */
  describe(): string[] {
    const sorted = [...this.byProblem].sort(([, a], [, b]) => b.rows - a.rows)
    return sorted.map(([problem, { rows, lines }]) => {
      const where = `${rows === 1 ? 'line' : 'lines'} ${lines.join(', ')}${rows > lines.length ? ', ...' : ''}`
      return `${counted(rows)}: ${problem} (${where})`
    })
  }
}

export const counted = (rows: number) => `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`
