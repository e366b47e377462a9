/** Words that YAML 1.1 or 1.2 takes for something else than text. */
const keyword = /^(?:y|yes|n|no|true|false|on|off|null)$/i;

/**
 * True for most texts that stand in YAML as they are and are read back as they stand: they begin with a letter or are a
 * path. False says nothing.
 */
export function isPlain(text: string): boolean {
  return (
    /^(?:[A-Za-z]|\.?\/)[\w ./:()`&!|,@+=-]*$/.test(text) && !/: |[ :-]$/.test(text) && !keyword.test(text)
  );
}

/** The same for the key of a mapping. */
export function isPlainKey(text: string): boolean {
  return /^[A-Za-z][\w./-]*$/.test(text) && !text.endsWith('-') && !keyword.test(text);
}
