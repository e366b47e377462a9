import { createInstance, type FormatterModule } from 'i18next';
import { useSyncExternalStore } from 'react';
import { initReactI18next } from 'react-i18next';

/** The languages of the interface, each named in itself, and the locale whose numbers and dates go with it. */
export const languages = {
  en: { name: 'English', locale: 'en-GB' },
  fr: { name: 'Français', locale: 'fr-FR' },
} as const;

export type Language = keyof typeof languages;

/** Beside Mantine's own key of the colour scheme. */
const storageKey = 'wattfleet-language';

/** Numbers in a text are written for its language; all else is text already. */
const numbers: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown) =>
    typeof value === 'number' ? value.toLocaleString(currentLocale()) : String(value),
};

export const i18n = createInstance();

// With resources it is ready at once; the words come with the pages that use them (see words.ts).
void i18n
  .use(initReactI18next)
  .use(numbers)
  .init({
    lng: 'en',
    fallbackLng: 'en',
    supportedLngs: Object.keys(languages),
    resources: {},
    // A key is one plain word: points and colons in it mean nothing.
    keySeparator: false,
    nsSeparator: false,
    // React escapes.
    interpolation: { escapeValue: false, alwaysFormat: true },
  });

export function currentLanguage(): Language {
  return i18n.language as Language;
}

/** Numbers and dates are written for this locale everywhere. */
export function currentLocale(): string {
  return languages[currentLanguage()].locale;
}

let offeredLanguages: readonly Language[] = [];

/** What there is to choose from in this app. */
export function languageChoices(): readonly Language[] {
  return offeredLanguages;
}

/** Before the first page is drawn: what was chosen earlier in this browser, else what the browser prefers. */
export function startLanguage(offered: readonly Language[]): void {
  offeredLanguages = offered;
  const wanted = [stored(), ...navigator.languages.map((tag) => tag.split('-')[0])];
  const found = wanted.flatMap((tag) => offered.filter((language) => language === tag));
  show(found[0] ?? 'en');
}

/** Shown from now on, and remembered by this browser. */
export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // A browser that keeps nothing: it is chosen for this visit.
  }
  show(language);
}

/** The language on screen. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}

function show(language: Language): void {
  void i18n.changeLanguage(language);
  document.documentElement.lang = language;
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  i18n.on('languageChanged', listener);
  return () => i18n.off('languageChanged', listener);
}
