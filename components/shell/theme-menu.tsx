'use client'

import { Monitor, Moon, Sun, SunMoon } from 'lucide-react'
import { useTheme } from 'next-themes'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Menu, MenuChoices } from '@/components/ui/menu'

const CHOICES = [
  { value: 'light', icon: <Sun aria-hidden className="size-4.5" /> },
  { value: 'dark', icon: <Moon aria-hidden className="size-4.5" /> },
  { value: 'system', icon: <Monitor aria-hidden className="size-4.5" /> },
] as const

export function ThemeMenu() {
  const t = useTranslations('shell')
  const choices = CHOICES.map((choice) => ({ ...choice, label: t(`themes.${choice.value}`) }))
  const { theme, setTheme } = useTheme()
  return (
    <Menu trigger={<Button look="quiet" aria-label={t('theme')}><SunMoon aria-hidden className="size-5" /></Button>}>
      <MenuChoices label={t('theme')} value={theme ?? 'system'} choices={choices} onChange={setTheme} />
    </Menu>
  )
}
