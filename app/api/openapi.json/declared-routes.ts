import { contractOf, type DeclaredRoute, HTTP_METHODS, pathOfRouteFile, type RouteHandler } from '@/lib/http/route-contract'

/** Every route file there is, found when the application is built: none can be forgotten. */
const ROUTE_FILES = import.meta.glob<Record<string, unknown>>('/app/**/route.ts')

/**
 * Every method of every route file, with what it declares.
 * @throws Error naming a method that declares nothing
 */
export async function declaredRoutes(): Promise<DeclaredRoute[]> {
  const files = await Promise.all(
    Object.entries(ROUTE_FILES).map(async ([file, load]) => ({ path: pathOfRouteFile(file), exported: await load() })),
  )
  return files.flatMap(({ path, exported }) =>
    HTTP_METHODS.filter((method) => method in exported).map((method) => {
      const handler = exported[method]
      if (!contractOf(handler)) {
        throw new Error(`${method} ${path} declares nothing: make it with handle() or handleOpen() of lib/http/handler.ts.`)
      }
      return { method, path, handler: handler as RouteHandler }
    }),
  )
}
