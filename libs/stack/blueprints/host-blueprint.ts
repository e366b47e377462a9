import type { Stack } from '../build-stack.js';
import type { HostFacts } from '../host-facts.js';
import type { HostImages } from '../host-images.js';
import type { HostSpec } from '../host-spec.js';
import { secretFile } from '../tenant-secrets.js';

/** A kind of stack that a host has once. */
export type HostBlueprint = (
  spec: HostSpec,
  facts: HostFacts,
  images: HostImages,
  secrets: Readonly<Record<string, string>>,
) => Pick<Stack, 'compose' | 'variables' | 'files'>;

/** The top-level `secrets` of a Compose file. */
export function secretFiles(names: readonly string[]): Record<string, { file: string }> {
  return Object.fromEntries(
    names.map((name) => [secretFile(name), { file: `./secrets/${secretFile(name)}` }]),
  );
}

/** `NAME_FILE` for each secret: where the program finds it. */
export function secretPaths(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`${name}_FILE`, `/run/secrets/${secretFile(name)}`]));
}
