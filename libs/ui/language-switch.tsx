import { Button, Menu } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { chooseLanguage, languageChoices, languages, useLanguage, type Language } from './language.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

/** The languages as a part of the account menu; nothing in an app that speaks one alone. */
export function LanguageItems() {
  const t = useWords(uiWords);
  if (languageChoices().length < 2) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('language')}</Menu.Label>
      <Choices />
      <Menu.Divider />
    </>
  );
}

/** For pages without an account menu. */
export function LanguageSwitch() {
  const t = useWords(uiWords);
  const { name } = languages[useLanguage()];
  if (languageChoices().length < 2) return null;
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="dimmed"
          leftSection={<IconLanguage size={18} aria-hidden />}
          aria-label={`${t('language')}: ${name}`}
        >
          {name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Choices />
      </Menu.Dropdown>
    </Menu>
  );
}

function Choices() {
  return (
    <Menu.RadioGroup value={useLanguage()} onChange={(value: string) => chooseLanguage(value as Language)}>
      {languageChoices().map((language) => (
        <Menu.RadioItem key={language} value={language} closeMenuOnClick lang={language}>
          {languages[language].name}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
