/** What the proxy tells a page of its own address: path and query. Whatever a browser sends under this name is replaced. */
export const PAGE_PATH_HEADER = 'x-page-path'

/** The log-in page, which leads back to a page afterwards. @param path the page's, with its query */
export function loginAddress(path: string): string {
  const isOurs = path.startsWith('/') && !/^\/[/\\]/.test(path)
  return `/login?next=${encodeURIComponent(isOurs ? path : '/')}`
}
