import { NothingHere } from '@/components/live/first-reading'

/** A user who belongs to no site: whom to ask. */
export function NoSite() {
  return (
    <NothingHere
      title="No site yet"
      text="Your account does not belong to a site yet. Whoever manages the site can add you to it."
    />
  )
}
