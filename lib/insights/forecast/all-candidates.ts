import type { Candidate } from './candidate'
import { MSTL_ETS } from './mstl-candidate'
import { type ForecastNetworks, loadNetwork, solarNetwork } from './network-candidates'
import { PROFILE_CANDIDATES } from './profile-candidates'
import { RIDGE } from './ridge-candidate'

/** Every way to forecast that a backtest chooses from. */
export const allCandidates = (networks: ForecastNetworks): Candidate[] => [
  ...PROFILE_CANDIDATES,
  MSTL_ETS,
  RIDGE,
  loadNetwork(networks.load),
  solarNetwork(networks.solar),
]
