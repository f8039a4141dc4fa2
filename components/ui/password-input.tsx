'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useState, type ComponentProps } from 'react'
import { useTranslations } from 'use-intl'
import { classNames } from './class-names'

/** A field for a password that can be looked at. */
export function PasswordInput({ className, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  const t = useTranslations('ui')
  const [isShown, setShown] = useState(false)
  return (
    <div className="relative">
      <input {...rest} type={isShown ? 'text' : 'password'} className={classNames(className, 'pr-12')} />
      <button
        type="button"
        onClick={() => setShown((wasShown) => !wasShown)}
        aria-pressed={isShown}
        aria-label={t('showPassword')}
        className="absolute inset-y-0 right-0 grid w-12 place-items-center rounded-lg text-ink-faint hover:text-ink"
      >
        {isShown ? <EyeOff aria-hidden className="size-4.5" /> : <Eye aria-hidden className="size-4.5" />}
      </button>
    </div>
  )
}
