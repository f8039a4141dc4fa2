/** A building id is part of channel names, keys and addresses: nothing that a glob, a path or a separator would change. */
export const BUILDING_ID_PATTERN = /^[A-Za-z0-9_.:-]{1,64}$/

export const isBuildingId = (text: string): boolean => BUILDING_ID_PATTERN.test(text)
