import type { Candidate } from './candidate'
import { FROM_IRRADIANCE } from './irradiance-candidates'
import { MSTL_ETS } from './mstl-candidate'
import { type ForecastNetworks, loadNetwork } from './network-candidates'
import { PROFILE_CANDIDATES } from './profile-candidates'
import { REGRESSIONS } from './regression-candidates'
import { SIMILAR_DAYS } from './similar-days'
import { FROM_TEMPERATURE } from './temperature-candidates'
import { SKY_OF_LAST_DAY, SKY_OF_LAST_HOURS, solarNetwork } from './solar-candidates'

/** Every way to forecast that a backtest chooses from. */
export const allCandidates = (networks: ForecastNetworks): Candidate[] => [
  ...PROFILE_CANDIDATES,
  MSTL_ETS,
  SIMILAR_DAYS,
  ...REGRESSIONS,
  loadNetwork(networks.load),
  SKY_OF_LAST_DAY,
  SKY_OF_LAST_HOURS,
  solarNetwork(networks.solar),
  ...FROM_IRRADIANCE,
  FROM_TEMPERATURE,
]
