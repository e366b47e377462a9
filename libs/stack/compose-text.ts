import { load } from 'js-yaml';

let last: { text: string; model: unknown } | undefined;

/**
 * What a `compose.yaml` says; nobody changes the answer. A tenant's is wanted when it is rendered, and again when it is
 * compared with what was there, mostly the same text: read three times, it was a quarter of the time of a plan of a thousand.
 * @throws YAMLException
 */
export function readCompose(text: string): unknown {
  if (last?.text !== text) last = { text, model: load(text) };
  return last.model;
}
