'use client'

import { Monitor, Moon, Sun, SunMoon } from 'lucide-react'
import { useTheme } from 'next-themes'
import { Button } from '@/components/ui/button'
import { Menu, MenuChoices } from '@/components/ui/menu'

const CHOICES = [
  { value: 'light', label: 'Light', icon: <Sun aria-hidden className="size-4.5" /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden className="size-4.5" /> },
  { value: 'system', label: 'As the device', icon: <Monitor aria-hidden className="size-4.5" /> },
]

export function ThemeMenu() {
  const { theme, setTheme } = useTheme()
  return (
    <Menu trigger={<Button look="quiet" aria-label="Theme"><SunMoon aria-hidden className="size-5" /></Button>}>
      <MenuChoices label="Theme" value={theme ?? 'system'} choices={CHOICES} onChange={setTheme} />
    </Menu>
  )
}
