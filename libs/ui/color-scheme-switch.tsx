import { ActionIcon, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

const schemes = {
  light: { label: 'light', Icon: IconSun },
  dark: { label: 'dark', Icon: IconMoon },
  auto: { label: 'asTheSystem', Icon: IconDeviceDesktop },
} as const;

/** Light, dark, or as the system has it. */
export function ColorSchemeSwitch() {
  const t = useWords(uiWords);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { label, Icon } = schemes[colorScheme];
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="dimmed"
          size="lg"
          aria-label={t('colourScheme', { scheme: t(label).toLowerCase() })}
        >
          <Icon size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value: string) => setColorScheme(value as MantineColorScheme)}
        >
          {Object.entries(schemes).map(([value, scheme]) => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick>
              {t(scheme.label)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
