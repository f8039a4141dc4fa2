import { nothingHere } from '@/components/shell/nothing-here'
import { StateMessage } from '@/components/shell/state-page'

/** Inside the application's frame, whose layout has opened the main part. */
export default async function NotFound() {
  return <StateMessage {...await nothingHere()} />
}
