import { load } from 'js-yaml';

let last: { text: string; model: unknown } | undefined;

/**
 * What a `compose.yaml` says; nobody changes it. A tenant's is read when it is rendered, and once more when it is compared with
 * what was there, which mostly is the same text: over a thousand tenants, reading YAML is most of a plan's time.
 * @throws YAMLException
 */
export function readCompose(text: string): unknown {
  if (last?.text !== text) last = { text, model: load(text) };
  return last.model;
}
