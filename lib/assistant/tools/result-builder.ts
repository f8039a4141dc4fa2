import type { Figure, ResolvedPeriod, ToolArguments, ToolName, ToolResult } from '@/lib/contracts/assistant'

/** Hands out the names by which an answer's text refers to its figures and moments: unique within one reply. */
export class ReplyIds {
  private figures = 0
  private moments = 0

  figure(): string {
    return `f${++this.figures}`
  }

  moment(): string {
    return `m${++this.moments}`
  }
}

const MOST_FIGURES = 200
const MOST_ROWS = 200

type Table = NonNullable<ToolResult['table']>

/** Collects what a tool found. What is beyond the bounds of a result is left out. */
export class ResultBuilder {
  private readonly figures: Figure[] = []
  private readonly closing: Omit<Figure, 'id'>[] = []
  private readonly moments: ToolResult['moments'] = []
  private readonly devices = new Set<string>()
  private readonly notes: string[] = []
  private readonly states: NonNullable<ToolResult['states']> = []
  private table: Table | null = null
  private chart: ToolResult['chart'] = null
  coverage: number | null = null

  constructor(
    private readonly tool: ToolName,
    private readonly given: ToolArguments,
    private readonly period: ResolvedPeriod | null,
    private readonly ids: ReplyIds,
  ) {}

  figure(figure: Omit<Figure, 'id'>): this {
    if (this.figures.length < MOST_FIGURES && Number.isFinite(figure.value)) {
      this.figures.push({ id: this.ids.figure(), ...(this.period && { period: this.period }), ...figure })
    }
    return this
  }

  /** A figure after all others, whenever it is known. */
  last(figure: Omit<Figure, 'id'>): this {
    this.closing.push(figure)
    return this
  }

  moment(label: string, at: number, href: string): this {
    if (this.moments.length < MOST_FIGURES) this.moments.push({ id: this.ids.moment(), label, at, href })
    return this
  }

  state(state: NonNullable<ToolResult['states']>[number]): this {
    this.states.push(state)
    return this
  }

  note(...notes: (string | null | undefined | false)[]): this {
    for (const note of notes) if (note && !this.notes.includes(note)) this.notes.push(note)
    return this
  }

  about(...names: string[]): this {
    for (const name of names) this.devices.add(name)
    return this
  }

  rows(columns: Table['columns'], rows: Table['rows'], chart: ToolResult['chart'] = null): this {
    this.table = { columns, rows: rows.slice(0, MOST_ROWS) }
    this.chart = chart
    return this
  }

  build(): ToolResult {
    for (const figure of this.closing.splice(0)) this.figure(figure)
    const { tool, given, period, figures, moments, devices, table, chart, coverage, notes, states } = this
    return {
      tool,
      arguments: { ...given },
      period,
      figures,
      moments,
      devices: [...devices],
      table,
      chart,
      coverage: coverage === null ? null : Math.min(1, Math.max(0, coverage)),
      notes,
      ...(states.length > 0 && { states }),
    }
  }
}
