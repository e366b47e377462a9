import type { ReactElement } from 'react';
import { Trans } from 'react-i18next';
import type { Parts, Texts, Values, WordKeys } from './word-types.js';
import type { Words } from './words.js';

type Props<English extends Texts, Key extends WordKeys<English>> = {
  words: Words<English>;
  text: Key;
  /** The elements that the text names: `<time/>`, `<b>…</b>`. */
  parts: Record<Parts<English, Key>, ReactElement>;
} & (keyof Values<English, Key> extends never ? { values?: never } : { values: Values<English, Key> });

/** A text with elements in it, as `defineWords` describes. */
export function Sentence<English extends Texts, Key extends WordKeys<English>>(props: Props<English, Key>) {
  const { words, text, parts, values } = props;
  return <Trans ns={words.namespace} i18nKey={text} components={parts} {...(values && { values })} />;
}
