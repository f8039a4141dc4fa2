import type { CurrentUser } from '@/lib/contracts/current-user'
import { prisma } from '@/lib/data/prisma'
import { issueSessionToken } from '@/scripts/testing/place-fixtures'
import { type AskedHome, type HomeOptions, powerAt, publishNow, SITE_NAME, writeAskedHome } from './asked-home'

/** The asked home: the one that an earlier run wrote into this database, else a new one. */
export async function openAskedHome(options: HomeOptions): Promise<AskedHome> {
  const { firstSeconds, nowSeconds } = options
  const kept = await prisma().site.findFirst({
    where: { name: SITE_NAME },
    select: { id: true, buildings: { select: { id: true, key: true } }, members: { select: { user: true } } },
  })
  const [building, user] = [kept?.buildings[0], kept?.members[0]?.user]
  if (!kept || !building || !user) return writeAskedHome(options)
  const owner: CurrentUser = { id: user.id, username: user.username, role: 'viewer', siteScope: 'member' }
  const site = { id: kept.id, buildingId: building.id, buildingKey: building.key }
  await publishNow(site, powerAt(nowSeconds), nowSeconds)
  return { site, owner, token: await issueSessionToken(user), firstSeconds, nowSeconds }
}
