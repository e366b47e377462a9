import { useTranslation } from 'react-i18next';
import { i18n } from './language.js';
import type { Arguments, PlainKeys, SameKeys, Texts, WordKeys } from './word-types.js';

/** What `defineWords` gives. */
export interface Words<English extends Texts> {
  namespace: string;
  english: English;
  french: SameKeys<English>;
}

/** A key whose text needs nothing filled in: for tables from values to labels. */
export type WordKey<W> = W extends Words<infer English> ? PlainKeys<English> : never;

/** What `useWords` gives, for functions outside of components. */
export type Translate<W> = W extends Words<infer English> ? TranslateFrom<English> : never;

type TranslateFrom<English extends Texts> = <Key extends WordKeys<English>>(
  key: Key,
  ...values: Arguments<English, Key>
) => string;

/**
 * Texts of the interface in English and French; a thin, typed layer over i18next.
 *
 * - A feature folder has a `words.ts`, which comes with the page that imports it:
 *   `export const siteWords = defineWords('sites', { en: { title: 'Sites' }, fr: { title: 'Sites' } });` — the namespace is
 *   the folder's name. English defines the keys (camelCase); a French one that is missing or unknown does not compile.
 * - In a component: `const t = useWords(siteWords);`, then `t('title')`. A function outside of components takes `t`, of type
 *   `Translate<typeof siteWords>`; so a list of columns is `columns(t)`, not a constant of the module.
 * - Variables: `'Delete {{name}}?'`, `t('delete', { name })`. A number is written for the language, so pass it as one.
 * - Plurals: keys `rows_one: '{{count}} row'` and `rows_other: '{{count}} rows'`, in both languages; `t('rows', { count })`.
 * - Elements inside of a text: `'Sent <time/> by <b>{{who}}</b>'`, shown by
 *   `<Sentence words={siteWords} text="sent" values={{ who }} parts={{ time: <RelativeTime … />, b: <b /> }} />`;
 *   a link is `<a>`, because `<link>` has no inside in HTML.
 * - Labels by value: `const roleLabels = { admin: 'roleAdmin', … } satisfies Record<Role, WordKey<typeof siteWords>>`.
 * - What many features say (Cancel, Try again, Loading …) is said by the components of libs/ui.
 */
export function defineWords<const English extends Texts>(
  namespace: string,
  { en, fr }: { en: English; fr: NoInfer<SameKeys<English>> },
): Words<English> {
  i18n.addResourceBundle('en', namespace, en);
  i18n.addResourceBundle('fr', namespace, asFrenchWrites(fr));
  return { namespace, english: en, french: fr };
}

/** The words of a feature in the language on screen. */
export function useWords<English extends Texts>({ namespace }: Words<English>): TranslateFrom<English> {
  const { t } = useTranslation(namespace);
  return t as unknown as TranslateFrom<English>;
}

/** The same for functions that are not given `t`; always in the language on screen at that moment. */
export function wordsOf<English extends Texts>({ namespace }: Words<English>): TranslateFrom<English> {
  return i18n.getFixedT(null, namespace) as unknown as TranslateFrom<English>;
}

/**
 * French has a plural form of its own for whole millions, which in short texts reads like the other plural; and no line
 * breaks before its high punctuation or inside its quotation marks.
 */
function asFrenchWrites(texts: Texts): Texts {
  const spaced = Object.entries(texts).map(
    ([key, text]) => [key, text.replace(/ (?=[:;?!»])|(?<=«) /g, '\u00A0')] as const,
  );
  const millions = spaced
    .filter(([key]) => key.endsWith('_other'))
    .map(([key, text]) => [key.replace(/other$/, 'many'), text] as const);
  return Object.fromEntries([...millions, ...spaced]);
}
