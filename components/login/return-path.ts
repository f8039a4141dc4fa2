const HOME = '/live'
/** Only serves to see where a path leads. */
const HERE = 'http://here.invalid'

/** Where a log-in leads: a path of this application, whatever an address bar asks for. */
export function returnPath(asked: string | string[] | null | undefined): string {
  if (typeof asked !== 'string' || !asked.startsWith('/')) return HOME
  try {
    const url = new URL(asked, HERE)
    // `/.//host` becomes `//host`, which a browser takes for another host.
    const isOurs = url.origin === HERE && url.pathname !== '/' && !url.pathname.startsWith('//') && !url.pathname.startsWith('/login')
    return isOurs ? url.pathname + url.search : HOME
  } catch {
    return HOME
  }
}
