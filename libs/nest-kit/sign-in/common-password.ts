import { commonWords } from './common-passwords.js';

const substitutes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '€': 'e',
};

/** Characters a guesser adds before and after a word, or puts in the place of letters. */
const notLetters = /[^a-z]/g;
const aroundLetters = /^[^a-z]+|[^a-z]+$/g;
const leastDifferent = 5;

/**
 * Says why a guesser would try the password early: it repeats few characters, runs along the digits or the alphabet,
 * or is nothing but common words, whatever digits and signs are added or take the place of letters.
 * @param known what a guesser knows of the account, such as its e-mail: as good as a common word
 * @returns null when there is no such reason
 */
export function reasonAgainst(password: string, known: readonly string[] = []): string | null {
  const text = password.normalize('NFKC').toLowerCase();
  if (new Set(text).size < leastDifferent || isRepetition(text)) return 'repeats too few characters';
  const words = new Set([...commonWords, ...known.flatMap(partsOf)]);
  if (readings(text).some((reading) => isRun(reading) || isMadeOf(reading, words)))
    return 'is made of words and rows of keys that guessers try first';
  return null;
}

/** The password as letters: without what is no letter, and with digits and signs read as the letters they stand for. */
function readings(text: string): string[] {
  const unaccented = text.normalize('NFD').replaceAll(/\p{M}/gu, '');
  const letters = unaccented.replaceAll(notLetters, '');
  const trimmed = unaccented.replaceAll(aroundLetters, '');
  const read = trimmed.replaceAll(notLetters, (character) => substitutes[character] ?? '');
  const digits = unaccented.replaceAll(/\D/g, '');
  return [letters === '' ? digits : letters, read];
}

/** The same piece again and again: `abcabcabcabc`. */
function isRepetition(text: string): boolean {
  return /^(.{1,5})\1+.{0,2}$/su.test(text);
}

const rows = ['0123456789', '9876543210', 'abcdefghijklmnopqrstuvwxyz', 'zyxwvutsrqponmlkjihgfedcba'].map(
  (row) => row.repeat(4),
);

function isRun(text: string): boolean {
  return text !== '' && rows.some((row) => row.includes(text));
}

/** Whether the text can be cut into these words with nothing left. */
function isMadeOf(text: string, words: ReadonlySet<string>): boolean {
  if (text === '') return false;
  const reached = [true];
  for (let end = 1; end <= text.length; end++) {
    reached[end] = false;
    for (let start = 0; start < end && !reached[end]; start++) {
      reached[end] = reached[start] === true && words.has(text.slice(start, end));
    }
  }
  return reached[text.length] === true;
}

/** `anna.smith@acme.example` and its parts, as letters. */
function partsOf(known: string): string[] {
  const lower = known.toLowerCase();
  return [lower, ...lower.split(/[^a-z]+/)]
    .map((part) => part.replaceAll(notLetters, ''))
    .filter((part) => part.length > 2);
}
