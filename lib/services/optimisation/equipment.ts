import type { CurrentUser } from '@/lib/contracts/current-user'
import type { Equipment, TariffCandidates } from '@/lib/contracts/optimisation'
import { findEquipment, findTariffCandidates, replaceTariffCandidates, saveEquipment } from '@/lib/data/site-equipment'
import { isSiteVisible } from '@/lib/data/sites'

/** null = no such site, as below. */
export async function getEquipmentOf(user: CurrentUser, siteId: string): Promise<Equipment | null> {
  return (await isSiteVisible(user, siteId)) ? findEquipment(siteId) : null
}

export async function setEquipmentOf(user: CurrentUser, siteId: string, equipment: Equipment): Promise<Equipment | null> {
  if (!(await isSiteVisible(user, siteId))) return null
  await saveEquipment(siteId, equipment)
  return equipment
}

export async function listTariffCandidatesOf(user: CurrentUser, siteId: string): Promise<TariffCandidates | null> {
  return (await isSiteVisible(user, siteId)) ? { data: await findTariffCandidates(siteId) } : null
}

export async function setTariffCandidatesOf(
  user: CurrentUser,
  siteId: string,
  { data }: TariffCandidates,
): Promise<TariffCandidates | null> {
  if (!(await isSiteVisible(user, siteId))) return null
  await replaceTariffCandidates(siteId, data)
  return { data }
}
