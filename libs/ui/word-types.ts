/** Flat: one key, one text. */
export type Texts = Readonly<Record<string, string>>;

export type SameKeys<English> = Readonly<Record<keyof English, string>>;

/** `rows_one` and `rows_other` are both asked for as `rows`. */
export type WordKeys<English> = Base<keyof English & string>;

type Base<Key extends string> = Key extends `${infer Stem}_one`
  ? Stem
  : Key extends `${infer Stem}_other`
    ? Stem
    : Key;

/** The English text behind a key; of a plural, every form. */
type TextOf<English, Key extends string> = English[(Key | `${Key}_one` | `${Key}_other`) & keyof English] &
  string;

/** What `t` takes after the key: nothing, or the variables of the text. */
export type Arguments<English, Key extends string> = keyof Values<English, Key> extends never
  ? []
  : [values: Values<English, Key>];

/** Those without a plural and variables. */
export type PlainKeys<English> = {
  [Key in WordKeys<English>]: Arguments<English, Key> extends [] ? Key : never;
}[WordKeys<English>];

/** The variables of a text; of a plural, the count first of all. */
export type Values<English, Key extends string> = `${Key}_other` extends keyof English
  ? { count: number } & Record<Exclude<Variables<TextOf<English, Key>>, 'count'>, string | number>
  : Record<Variables<TextOf<English, Key>>, string | number>;

type Variables<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Variables<Rest>
  : never;

/** The elements of a text: `b` of `<b>…</b>`, `time` of `<time/>`. */
export type Parts<English, Key extends string> = Tags<TextOf<English, Key>>;

type Tags<Text extends string> = Text extends `${string}<${infer Tag}>${infer Rest}`
  ? TagName<Tag> | Tags<Rest>
  : never;

type TagName<Tag extends string> = Tag extends `/${string}`
  ? never
  : Tag extends `${infer Name}/`
    ? Name
    : Tag;
