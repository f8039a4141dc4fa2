import { conflict, type Problem } from './problem'

/** A building id is one for all: readings arrive under it. */
export function buildingTaken(id: string): Problem {
  return conflict(`The building id${id ? ` ${id}` : ''} is in use. Choose another, or leave it out to have one made.`)
}
