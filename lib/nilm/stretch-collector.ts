import type { MeterSpan } from '@/lib/domain/energy'
import type { GridSecond, GridSink } from './grid-resampler'

/** Consecutive seconds; `afterOutage` tells that nothing before the stretch says anything about it. */
export interface Stretch {
  afterOutage: boolean
  seconds: GridSecond[]
}

/** Gathers what a push of readings yields, so that the network gets as many seconds at once as there are. */
export class StretchCollector implements GridSink {
  readonly stretches: Stretch[] = [{ afterOutage: false, seconds: [] }]

  constructor(private readonly onSpan: (span: MeterSpan) => void) {}

  second(second: GridSecond): void {
    this.stretches.at(-1)!.seconds.push(second)
  }

  span(span: MeterSpan): void {
    this.onSpan(span)
  }

  restart(): void {
    this.stretches.push({ afterOutage: true, seconds: [] })
  }
}
