import type { createTranslator, NamespaceKeys, NestedKeyOf } from 'use-intl'
import deAccount from './messages/de/account.json'
import deAdmin from './messages/de/admin.json'
import deAdminCache from './messages/de/admin-cache.json'
import deAdminHealth from './messages/de/admin-health.json'
import deAdminJobs from './messages/de/admin-jobs.json'
import deAdminModels from './messages/de/admin-models.json'
import deAdminPerformance from './messages/de/admin-performance.json'
import deAnomalies from './messages/de/anomalies.json'
import deAlerts from './messages/de/alerts.json'
import deApi from './messages/de/api.json'
import deAppliance from './messages/de/appliance.json'
import deAppliances from './messages/de/appliances.json'
import deAssistant from './messages/de/assistant.json'
import deCharts from './messages/de/charts.json'
import deDevices from './messages/de/devices.json'
import deElectrical from './messages/de/electrical.json'
import deEnergy from './messages/de/energy.json'
import deEntry from './messages/de/entry.json'
import deForecast from './messages/de/forecast.json'
import deFormat from './messages/de/format.json'
import deImport from './messages/de/import.json'
import deInvitation from './messages/de/invitation.json'
import deLive from './messages/de/live.json'
import deMaintenance from './messages/de/maintenance.json'
import deModels from './messages/de/models.json'
import deRuns from './messages/de/runs.json'
import deSavings from './messages/de/savings.json'
import deShell from './messages/de/shell.json'
import deSites from './messages/de/sites.json'
import deTariffs from './messages/de/tariffs.json'
import deTimeline from './messages/de/timeline.json'
import deUi from './messages/de/ui.json'
import deWeather from './messages/de/weather.json'
import enAccount from './messages/en/account.json'
import enAdmin from './messages/en/admin.json'
import enAdminCache from './messages/en/admin-cache.json'
import enAdminHealth from './messages/en/admin-health.json'
import enAdminJobs from './messages/en/admin-jobs.json'
import enAdminModels from './messages/en/admin-models.json'
import enAdminPerformance from './messages/en/admin-performance.json'
import enAnomalies from './messages/en/anomalies.json'
import enAlerts from './messages/en/alerts.json'
import enApi from './messages/en/api.json'
import enAppliance from './messages/en/appliance.json'
import enAppliances from './messages/en/appliances.json'
import enAssistant from './messages/en/assistant.json'
import enCharts from './messages/en/charts.json'
import enDevices from './messages/en/devices.json'
import enElectrical from './messages/en/electrical.json'
import enEnergy from './messages/en/energy.json'
import enEntry from './messages/en/entry.json'
import enForecast from './messages/en/forecast.json'
import enFormat from './messages/en/format.json'
import enImport from './messages/en/import.json'
import enInvitation from './messages/en/invitation.json'
import enLive from './messages/en/live.json'
import enMaintenance from './messages/en/maintenance.json'
import enModels from './messages/en/models.json'
import enRuns from './messages/en/runs.json'
import enSavings from './messages/en/savings.json'
import enShell from './messages/en/shell.json'
import enSites from './messages/en/sites.json'
import enTariffs from './messages/en/tariffs.json'
import enTimeline from './messages/en/timeline.json'
import enUi from './messages/en/ui.json'
import enWeather from './messages/en/weather.json'
import type { Language } from './languages'

/** English decides which messages there are. */
const en = {
  account: enAccount,
  admin: enAdmin,
  adminCache: enAdminCache,
  adminHealth: enAdminHealth,
  adminJobs: enAdminJobs,
  adminModels: enAdminModels,
  adminPerformance: enAdminPerformance,
  alerts: enAlerts,
  anomalies: enAnomalies,
  api: enApi,
  appliance: enAppliance,
  appliances: enAppliances,
  assistant: enAssistant,
  charts: enCharts,
  devices: enDevices,
  electrical: enElectrical,
  energy: enEnergy,
  entry: enEntry,
  forecast: enForecast,
  format: enFormat,
  import: enImport,
  invitation: enInvitation,
  live: enLive,
  maintenance: enMaintenance,
  models: enModels,
  runs: enRuns,
  savings: enSavings,
  shell: enShell,
  sites: enSites,
  tariffs: enTariffs,
  timeline: enTimeline,
  ui: enUi,
  weather: enWeather,
}

export type Messages = typeof en
/** A file of messages, or a part of one: "energy", "energy.history". */
export type Namespace = NamespaceKeys<Messages, NestedKeyOf<Messages>>

/** What is missing in another language does not compile. */
export const MESSAGES: Record<Language, Messages> = {
  en,
  de: {
    account: deAccount,
    admin: deAdmin,
    adminCache: deAdminCache,
    adminHealth: deAdminHealth,
    adminJobs: deAdminJobs,
    adminModels: deAdminModels,
    adminPerformance: deAdminPerformance,
    alerts: deAlerts,
    anomalies: deAnomalies,
    api: deApi,
    appliance: deAppliance,
    appliances: deAppliances,
    assistant: deAssistant,
    charts: deCharts,
    devices: deDevices,
    electrical: deElectrical,
    energy: deEnergy,
    entry: deEntry,
    forecast: deForecast,
    format: deFormat,
    import: deImport,
    invitation: deInvitation,
    live: deLive,
    maintenance: deMaintenance,
    models: deModels,
    runs: deRuns,
    savings: deSavings,
    shell: deShell,
    sites: deSites,
    tariffs: deTariffs,
    timeline: deTimeline,
    ui: deUi,
    weather: deWeather,
  },
}

/** Writes one namespace's texts in the reader's language; what `useTranslations` and `getTranslations` give. */
export type Translator<Name extends Namespace> = ReturnType<typeof createTranslator<Messages, Name>>

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages
  }
}
