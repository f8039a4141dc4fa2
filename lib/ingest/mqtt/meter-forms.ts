/** Where a meter's message holds what. Paths go through JSON objects, with dots between. */
export interface MeterForm {
  /** The first path that is there counts; a list of numbers there is added up. None: the message is a number or `power`. */
  powerPaths: readonly string[]
  /** Path of the time; null: the moment of arrival counts. */
  timePath: string | null
  /** By field of the input message. */
  quantityPaths: Readonly<Record<string, string>>
}

const PLAIN_QUANTITIES = {
  voltage: 'voltage',
  current: 'current',
  power_factor: 'power_factor',
  reactive_power: 'power_reactive',
  frequency: 'ac_frequency',
}

/** A plain number, or `{"power": …}` as zigbee2mqtt and many others write. */
const PLAIN: MeterForm = { powerPaths: ['power', 'power_total'], timePath: null, quantityPaths: PLAIN_QUANTITIES }

/** Meters known by what they publish on. */
const KNOWN: { topic: RegExp; form: MeterForm }[] = [
  {
    // Tasmota. Its Time has no zone.
    topic: /(^|\/)tele\/.*SENSOR$|\/SENSOR$/,
    form: {
      powerPaths: ['ENERGY.Power'],
      timePath: null,
      quantityPaths: {
        voltage: 'ENERGY.Voltage',
        current: 'ENERGY.Current',
        power_factor: 'ENERGY.Factor',
        reactive_power: 'ENERGY.ReactivePower',
        frequency: 'ENERGY.Frequency',
      },
    },
  },
  {
    // Shelly from the second generation on: https://shelly-api-docs.shelly.cloud/gen2/General/Notifications
    topic: /\/events\/rpc$/,
    form: {
      powerPaths: ['params.em:0.total_act_power', 'params.em1:0.act_power', 'params.pm1:0.apower', 'params.switch:0.apower'],
      timePath: 'params.ts',
      quantityPaths: {},
    },
  },
  {
    topic: /\/status\/(em|em1|pm1|switch):\d+$/,
    form: {
      powerPaths: ['total_act_power', 'act_power', 'apower'],
      timePath: null,
      quantityPaths: { voltage: 'voltage', current: 'current', power_factor: 'pf', frequency: 'freq' },
    },
  },
]

export const formOf = (topicFilter: string): MeterForm => KNOWN.find(({ topic }) => topic.test(topicFilter))?.form ?? PLAIN
