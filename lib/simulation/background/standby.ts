import { ELECTRONIC, type HomeContext, type Load } from '@/lib/simulation/load'
import { hashNormal, hashUnit, Random, smoothNoise, streamSeed } from '@/lib/simulation/random'

/** Router, set-top box, clocks and power supplies: always there, never quite constant. */
export function createStandby(home: HomeContext): Load {
  const seed = streamSeed(home.seed, 'standby')
  const traits = new Random(seed)
  const fixedWatts = traits.between(38, 78) + 8 * home.profile.occupants
  const routerWatts = traits.between(7, 12)
  return {
    electrical: { ...ELECTRONIC, reactiveRatio: -0.55 },
    render(fromSeconds, watts) {
      for (let i = 0; i < watts.length; i += 1) {
        const second = fromSeconds + i
        const traffic = hashUnit(seed, second >> 3) < 0.06 ? 1.8 : 0
        watts[i] =
          watts[i]! +
          fixedWatts +
          routerWatts +
          traffic +
          1.5 * smoothNoise(seed, second, 5400) +
          0.45 * hashNormal(seed ^ 1, second)
      }
      return true
    },
  }
}
