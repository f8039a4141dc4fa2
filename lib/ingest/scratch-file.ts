import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '@/lib/infra/usage-error'

let made = 0

/** A temporary file that nobody else sees and that is gone when the process ends, however it ends. */
export class ScratchFile {
  private constructor(
    private readonly name: string,
    private readonly descriptor: number,
  ) {}

  /** @param beside the file in whose folder there is room @throws UsageError where the folder cannot be written to */
  static create(beside: string): ScratchFile {
    const name = path.join(path.dirname(path.resolve(beside)), `.${path.basename(beside)}.${process.pid}.${made++}.scratch`)
    try {
      const descriptor = openSync(name, 'wx+')
      // Without a name, what is open goes with the process; where the system keeps open files' names, `close` removes it.
      rmSync(name, { force: true })
      return new ScratchFile(name, descriptor)
    } catch (error) {
      // The name of the temporary file, which the message ends with, is nobody's.
      const [reason] = (error as Error).message.split(', open ')
      throw new UsageError(`${beside} cannot be written: ${reason}.`)
    }
  }

  /** @throws UsageError where the disk is full */
  write(bytes: Uint8Array, position: number): void {
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.descriptor, bytes, done, bytes.length - done, position + done)
      }
    } catch (error) {
      throw new UsageError(`There is no room for temporary data beside the output: ${(error as Error).message}.`)
    }
  }

  /** Fills `bytes`; what lies beyond the end is zero. */
  read(bytes: Uint8Array, position: number): void {
    let done = 0
    while (done < bytes.length) {
      const count = readSync(this.descriptor, bytes, done, bytes.length - done, position + done)
      if (count === 0) break
      done += count
    }
    bytes.fill(0, done)
  }

  close(): void {
    closeSync(this.descriptor)
    rmSync(this.name, { force: true })
  }
}
