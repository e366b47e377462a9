import { afterEach, describe, expect, it } from 'vitest';
import { i18n } from './language.js';
import { defineWords, wordsOf } from './words.js';

const words = defineWords('test', {
  en: {
    title: 'Sites',
    deleteNamed: 'Delete {{name}}?',
    rows_one: '{{count}} row of {{file}}',
    rows_other: '{{count}} rows of {{file}}',
    sent: 'Sent <time/> by <b>{{who}}</b>',
  },
  fr: {
    title: 'Sites',
    deleteNamed: 'Supprimer {{name}} ?',
    rows_one: '{{count}} ligne de {{file}}',
    rows_other: '{{count}} lignes de {{file}}',
    sent: 'Envoyé <time/> par <b>{{who}}</b>',
  },
});
const t = wordsOf(words);

afterEach(() => i18n.changeLanguage('en'));

describe('words', () => {
  it('say it in the language on screen', async () => {
    expect(t('deleteNamed', { name: '<North>' })).toBe('Delete <North>?');
    await i18n.changeLanguage('fr');
    expect(t('deleteNamed', { name: '<North>' })).toBe('Supprimer <North>\u00A0?');
  });

  it('count, with numbers as the language writes them', async () => {
    const counted = (count: number) => t('rows', { count, file: 'a.tsv' });
    expect([0, 1, 22_608].map(counted)).toEqual([
      '0 rows of a.tsv',
      '1 row of a.tsv',
      '22,608 rows of a.tsv',
    ]);
    await i18n.changeLanguage('fr');
    expect([0, 1, 2_000_000].map(counted)).toEqual([
      '0 ligne de a.tsv',
      '1 ligne de a.tsv',
      '2\u202F000\u202F000 lignes de a.tsv',
    ]);
  });
});

/** Never run: what must not compile. */
export function mistakes() {
  // @ts-expect-error an unknown key
  t('titel');
  // @ts-expect-error a form of a plural instead of its key
  t('rows_one', { count: 1, file: '' });
  // @ts-expect-error a variable is missing
  t('deleteNamed');
  // @ts-expect-error a variable has another name
  t('deleteNamed', { nam: '' });
  // @ts-expect-error the count is missing
  t('rows', { file: '' });
  // @ts-expect-error the text has no variables
  t('title', { name: '' });
  // @ts-expect-error a French text is missing
  defineWords('test', { en: { title: '', more: '' }, fr: { title: '' } });
  // @ts-expect-error a French key that English does not know
  defineWords('test', { en: { title: '' }, fr: { title: '', more: '' } });
}
