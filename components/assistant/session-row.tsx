'use client'

import { Braces, Ellipsis, FileText, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Menu, MenuItem } from '@/components/ui/menu'
import { ProblemNote } from '@/components/ui/problem-note'
import { ConfirmDelete } from './confirm-delete'
import { pathOf, type SessionEntry, type Sessions } from './use-sessions'

interface SessionRowProps {
  entry: SessionEntry
  siteName: string | null
  isCurrent: boolean
  list: Sessions
  onOpen: () => void
  onDeleted: () => void
}

export function SessionRow({ entry, siteName, isCurrent, list, onOpen, onDeleted }: SessionRowProps) {
  const t = useTranslations('assistant.conversations')
  const [asked, setAsked] = useState<'rename' | 'delete' | null>(null)
  const { session_id: id, title } = entry
  const remove = async () => {
    const problem = await list.remove(id)
    if (problem === null) onDeleted()
    return problem
  }
  // A download leaves the page where it is.
  const download = (format: 'markdown' | 'json') => location.assign(`${pathOf(id)}/export?format=${format}`)
  return (
    <li className={classNames('flex items-center rounded-lg', isCurrent ? 'bg-accent-wash' : 'hover:bg-sunken')}>
      <button
        type="button"
        aria-current={isCurrent ? 'true' : undefined}
        aria-label={siteName ? t('of', { title, site: siteName }) : undefined}
        onClick={onOpen}
        className="min-h-11 min-w-0 grow rounded-lg py-1.5 pl-2.5 text-left text-[0.9375rem]"
      >
        <span className="block truncate">{title}</span>
        {siteName && <span className="block truncate text-[0.8125rem] text-ink-soft">{siteName}</span>}
      </button>
      <Menu
        trigger={
          <Button look="quiet" className="shrink-0 px-0" aria-label={t('menu', { title })}>
            <Ellipsis aria-hidden className="size-4" />
          </Button>
        }
      >
        <MenuItem onSelect={() => setAsked('rename')}><Pencil aria-hidden className="size-4 text-ink-soft" />{t('rename')}</MenuItem>
        <MenuItem onSelect={() => download('markdown')}>
          <FileText aria-hidden className="size-4 text-ink-soft" />
          {t('exportText')}
        </MenuItem>
        <MenuItem onSelect={() => download('json')}><Braces aria-hidden className="size-4 text-ink-soft" />{t('exportJson')}</MenuItem>
        <MenuItem onSelect={() => setAsked('delete')}><Trash2 aria-hidden className="size-4 text-bad" />{t('delete')}</MenuItem>
      </Menu>
      {asked === 'rename' && <RenameDialog title={title} onRename={(name) => list.rename(id, name)} onClose={() => setAsked(null)} />}
      {asked === 'delete' && (
        <ConfirmDelete
          title={t('deleteTitle')}
          action={t('delete')}
          text={t('deleteText', { title })}
          work={remove}
          onClose={() => setAsked(null)}
        />
      )}
    </li>
  )
}

interface RenameDialogProps {
  title: string
  /** @returns what went wrong; null when nothing did */
  onRename: (title: string) => Promise<string | null>
  onClose: () => void
}

function RenameDialog({ title, onRename, onClose }: RenameDialogProps) {
  const t = useTranslations('assistant.conversations')
  const [text, setText] = useState(title)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    const failed = await onRename(text.trim())
    setBusy(false)
    setProblem(failed)
    if (failed === null) onClose()
  }
  return (
    <Dialog title={t('rename')} onClose={onClose}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field label={t('name')}>
          {(control) => <input {...control} maxLength={200} required value={text} onChange={({ target }) => setText(target.value)} />}
        </Field>
        <ProblemNote text={problem} />
        <div className="flex justify-end gap-2">
          <Button type="submit" look="primary" disabled={isBusy || text.trim() === ''}>{t('save')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
