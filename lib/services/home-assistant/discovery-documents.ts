import { APPLIANCE_LABELS, APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { AppliancePrediction } from '@/lib/contracts/prediction'

/** A state that nothing renewed for so long is not shown any more; the slowest meters speak once a minute. */
const EXPIRE_AFTER_SECONDS = 300

/** What Home Assistant is told of a building. */
export interface AnnouncedBuilding {
  id: string
  name: string
  simulated: boolean
  modelVersion: string
  appliances: readonly Pick<AppliancePrediction, 'appliance' | 'available' | 'experimental'>[]
  /** Whether it ever fed energy into the grid. */
  feedsIn: boolean
}

export interface Topics {
  /** Of the installation: begins every topic it publishes on. */
  base: string
  /** Of Home Assistant. */
  prefix: string
}

/** Whether this installation is running. */
export const availabilityTopic = ({ base }: Topics) => `${base}/availability`
export const powerTopic = ({ base }: Topics, buildingId: string) => `${base}/${buildingId}/power`
export const energyTopic = ({ base }: Topics, buildingId: string) => `${base}/${buildingId}/energy`
export const attributesTopic = ({ base }: Topics, buildingId: string) => `${base}/${buildingId}/attributes`
/** Matches every discovery document of this installation. */
export const discoveryFilter = (topics: Topics) => discoveryTopic(topics, '+')

/** With the installation as its node, so that it finds what it announced. */
const discoveryTopic = ({ base, prefix }: Topics, objectId: string) => `${prefix}/sensor/${base}/${objectId}/config`

interface Sensor {
  /** Unlike any other of the building; letters and _ alone. */
  key: string
  name: string
  /** Whose attributes count; null: of the meter. */
  appliance: Appliance | null
  kind: 'power' | 'energy'
  /** Where the value is in the state. */
  path: string
}

/**
 * Retained discovery documents of one building by topic, each a sensor of one device:
 * https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery and https://www.home-assistant.io/integrations/sensor.mqtt/
 */
export function discoveryDocuments(building: AnnouncedBuilding, topics: Topics): Map<string, string> {
  const device = {
    identifiers: [`${topics.base}-${idPart(building.id)}`],
    name: building.simulated ? `${building.name} (simulated)` : building.name,
    manufacturer: 'Undercurrent',
    model: 'Main meter and what its appliances draw, estimated',
    sw_version: building.modelVersion,
  }
  return new Map(
    sensorsOf(building).map((sensor) => {
      const objectId = `${idPart(building.id)}-${sensor.key}`
      const isPower = sensor.kind === 'power'
      const document = {
        name: sensor.name,
        unique_id: `${topics.base}-${objectId}`,
        device_class: sensor.kind,
        state_class: isPower ? 'measurement' : 'total_increasing',
        unit_of_measurement: isPower ? 'W' : 'kWh',
        suggested_display_precision: isPower ? 0 : 2,
        state_topic: isPower ? powerTopic(topics, building.id) : energyTopic(topics, building.id),
        value_template: `{{ value_json.${sensor.path} }}`,
        ...(isPower && { expire_after: EXPIRE_AFTER_SECONDS }),
        json_attributes_topic: attributesTopic(topics, building.id),
        json_attributes_template: `{{ value_json.${sensor.appliance ?? 'meter'} | tojson }}`,
        availability: [
          { topic: availabilityTopic(topics) },
          ...(sensor.appliance === null
            ? []
            : [{
                topic: attributesTopic(topics, building.id),
                value_template: `{{ 'online' if value_json.${sensor.appliance}.available else 'offline' }}`,
              }]),
        ],
        availability_mode: 'all',
        device,
        origin: { name: 'Undercurrent' },
      }
      return [discoveryTopic(topics, objectId), JSON.stringify(document)]
    }),
  )
}

function sensorsOf({ appliances, feedsIn }: AnnouncedBuilding): Sensor[] {
  const of = (key: string, name: string, kind: Sensor['kind'], path: string): Sensor => ({ key, name, appliance: null, kind, path })
  const isExperimental = new Set(appliances.filter(({ experimental }) => experimental).map(({ appliance }) => appliance))
  return [
    of('power', 'Power', 'power', 'total'),
    of('energy', 'Energy', 'energy', 'drawn'),
    ...(feedsIn ? [of('fed_in_energy', 'Energy fed in', 'energy', 'fed_in')] : []),
    of('other_power', 'Other power', 'power', 'other'),
    of('other_energy', 'Other energy', 'energy', 'other'),
    ...APPLIANCES.flatMap((appliance): Sensor[] => {
      const mark = isExperimental.has(appliance) ? ' (experimental)' : ''
      const sensor = (kind: Sensor['kind']): Sensor => ({
        key: `${appliance.toLowerCase()}_${kind}`,
        name: `${APPLIANCE_LABELS[appliance]} ${kind}${mark}`,
        appliance,
        kind,
        path: appliance,
      })
      return [sensor('power'), sensor('energy')]
    }),
  ]
}

/** What people should know of the numbers, by appliance, and of the meter. */
export function attributesOf({ simulated, appliances, modelVersion }: AnnouncedBuilding): Record<string, object> {
  return {
    meter: { origin: simulated ? 'simulated' : 'measured', simulated },
    ...Object.fromEntries(
      appliances.map(({ appliance, available, experimental }) => [
        appliance,
        { origin: simulated ? 'estimated from simulated readings' : 'estimated', simulated, experimental, available, model_version: modelVersion },
      ]),
    ),
  }
}

/** Object ids hold letters, digits, _ and - alone; a lone - then separates a building's id from what follows. */
const idPart = (buildingId: string) => buildingId.replaceAll('-', '--').replaceAll('.', '-d').replaceAll(':', '-c')
