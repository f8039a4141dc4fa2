'use client'

import { FileUp } from 'lucide-react'
import { useEffect, useRef, useState, type DragEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button, buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { classNames } from '@/components/ui/class-names'
import { FIELD } from './field'
import { ProgressBar } from './progress-bar'

interface DropZoneProps {
  buildings: readonly { id: string; name: string }[]
  /** null while nothing is sent. */
  share: number | null
  mostMegabytes: number
  onFile: (file: File, buildingId: string) => void
  onStop: () => void
}

/** Takes a file by drag and drop or from the file chooser, for one of the buildings. */
export function DropZone({ buildings, share, mostMegabytes, onFile, onStop }: DropZoneProps) {
  const t = useTranslations('import.drop')
  const [buildingId, setBuildingId] = useState(buildings[0]?.id ?? '')
  const [isOver, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file) onFile(file, buildingId)
  }
  // The same file can be chosen again.
  const takeChosen = (input: HTMLInputElement) => {
    take(input.files)
    input.value = ''
  }
  const chooser = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // Chosen on a slow connection, before this page could hear of it.
    if (chooser.current?.files?.length) takeChosen(chooser.current)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only once, when the page has come to life
  }, [])
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (share === null) take(event.dataTransfer.files)
  }
  return (
    <Card aria-labelledby="drop-heading" className="p-4 sm:p-5">
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={classNames(
          'flex flex-col items-center gap-3 rounded-xl border-2 border-dashed px-4 py-10 text-center',
          isOver ? 'border-accent bg-accent-wash' : 'border-line-strong/60',
        )}
      >
        <FileUp aria-hidden className="size-8 text-accent" />
        <h2 id="drop-heading" className="text-lg font-semibold tracking-[-0.01em]">
          {t('title')}
        </h2>
        <p className="max-w-prose text-sm text-ink-soft">{t('text', { megabytes: mostMegabytes })}</p>
        {share === null ? (
          <div className="flex flex-wrap items-end justify-center gap-3">
            {buildings.length > 1 && (
              <label className="text-left text-sm font-medium text-ink-soft">
                {t('building')}
                <select
                  className={classNames(FIELD, 'mt-1 block')}
                  value={buildingId}
                  onChange={({ target }) => setBuildingId(target.value)}
                >
                  {buildings.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <label
              className={buttonClass(
                'primary',
                'cursor-pointer focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent',
              )}
            >
              {t('choose')}
              <input
                ref={chooser}
                type="file"
                className="sr-only"
                accept=".csv,.tsv,.txt,.dat,.gz,.parquet,.xml"
                onChange={({ target }) => takeChosen(target)}
              />
            </label>
          </div>
        ) : (
          <div className="w-full max-w-md space-y-3">
            <ProgressBar share={share} label={share < 1 ? t('sending') : t('reading')} />
            <Button onClick={onStop}>{t('stop')}</Button>
          </div>
        )}
      </div>
    </Card>
  )
}
