import { createHash } from 'node:crypto';
import { parseEnvFile } from './env-file.js';

/** How a secret is shown: enough to see that it changed, not what it is. */
export function fingerprint(value: string): string {
  return `<secret sha256:${createHash('sha256').update(value).digest('hex').slice(0, 8)}>`;
}

/** `text` with every occurrence of a secret, also as YAML or Compose would spell it, shown as its fingerprint. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const spellings = new Map<string, string>();
  for (const secret of secrets.filter((value) => value !== '')) {
    for (const spelling of spellingsOf(secret)) spellings.set(spelling, fingerprint(secret));
  }
  if (spellings.size === 0) return text;
  const longestFirst = [...spellings.keys()].sort((a, b) => b.length - a.length);
  const anyOfThem = new RegExp(longestFirst.map(asPattern).join('|'), 'g');
  return text.replace(anyOfThem, (found) => spellings.get(found) ?? found);
}

/**
 * An `.env` file fit to be shown: only variables named in `shown` keep their value, and only comments in
 * `knownComments` their text, since people comment out old passwords.
 */
export function maskEnvFile(
  text: string,
  shown: ReadonlySet<string>,
  knownComments: ReadonlySet<string>,
): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const masked: (string | undefined)[] = lines.map((line) =>
    line.trim() === '' || knownComments.has(line) ? line : '# <comment>',
  );
  for (const { name, value, firstLine, lastLine } of parseEnvFile(text)) {
    masked.fill(undefined, firstLine - 1, lastLine);
    masked[firstLine - 1] = shown.has(name) ? lines[firstLine - 1] : `${name}=${fingerprint(value)}`;
  }
  return masked.filter((line) => line !== undefined).join('\n');
}

function spellingsOf(secret: string): string[] {
  const plain = [secret, secret.replaceAll('$', '$$$$')];
  return plain.flatMap((text) => [text, JSON.stringify(text).slice(1, -1), text.replaceAll("'", "''")]);
}

function asPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
