// npm run db:migrate: applies what is missing to DATABASE_URL.
import { env } from '@/lib/env'
import { exitCodeOf, readFlags } from '@/lib/infra/command-line'
import { migrate } from '@/lib/infra/migrate'

const HELP = `Creates the tables in DATABASE_URL, or brings them up to date.

  DATABASE_URL=postgresql://user:password@host:5432/name npm run db:migrate

It has no options but --help.`

try {
  readFlags(HELP, [])
} catch (error) {
  console.error((error as Error).message)
  process.exit(exitCodeOf(error))
}
const url = env().DATABASE_URL
if (!url) {
  console.error('DATABASE_URL is not set; `npm start` migrates its own database by itself.')
  process.exit(1)
}
try {
  const applied = await migrate(url)
  console.log(applied.length ? applied.map((name) => `applied ${name}`).join('\n') : 'The database is up to date.')
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}
