import { describe, expect, it } from 'vitest'
import { cleanAnswerText } from './clean-text'

describe('the text of a model', () => {
  it('has lists for lists of any kind, and for tables', () => {
    expect(cleanAnswerText('## Most\n1. **Dryer**\n2) oven\n* kettle')).toBe('Most\n- Dryer\n- oven\n- kettle')
    const table = 'Yesterday:\n\n| Appliance | Energy | Share |\n|:---|---:|---|\n| **Dryer** | 2.34 kWh | 40 % |\n| Oven | 1 kWh | 17 % |\n\nThat is all.'
    expect(cleanAnswerText(table)).toBe('Yesterday:\n\n- Dryer: 2.34 kWh, 40 %\n- Oven: 1 kWh, 17 %\n\nThat is all.')
  })

  it('keeps a bar that makes no table', () => {
    expect(cleanAnswerText('kettle | oven')).toBe('kettle | oven')
  })
})
