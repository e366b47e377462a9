import { structuredPatch } from 'diff';
import { envValues, parseEnvFile } from './env-file.js';
import { fingerprint, maskEnvFile, maskSecrets } from './mask.js';
import type { RenderedFile } from './render.js';
import { secretFile, tenantSecrets } from './tenant-secrets.js';

/** A file as it is now; `text` and `mode` are undefined when it does not exist. */
export type CurrentFile = { text: string; mode: number } | undefined;

/** One line of a diff, with every secret masked. */
export interface DiffLine {
  kind: 'context' | 'removed' | 'added' | 'skipped';
  text: string;
}

/** What writing a file would do to it. */
export interface FilePlan {
  path: string;
  action: 'create' | 'change' | 'unchanged';
  /** Permission bits in octal, `0600`, where they are not what they should be. */
  mode?: { from: string; to: string };
  diff: DiffLine[];
}

/**
 * Compares the files as they are with the files as they should be.
 * Nothing in the plan holds a secret: neither the old values nor the new, wherever they stand.
 * @param shown names of the `.env` variables whose values may be shown
 * @param withDiffs false where nobody looks at them: they take most of the time
 */
export function plan(
  current: (path: string) => CurrentFile,
  rendered: readonly RenderedFile[],
  shown: ReadonlySet<string>,
  withDiffs = true,
): FilePlan[] {
  const isSameAs = (file: RenderedFile) => current(file.path)?.text === file.text;
  const mask = withDiffs && !rendered.every(isSameAs) ? masker(current, rendered, shown) : () => '';
  return rendered.map((file) => {
    const before = current(file.path);
    if (before === undefined) {
      return { path: file.path, action: 'create', diff: diffOf('', mask(file.path, file.text)) };
    }
    const mode = before.mode === file.mode ? undefined : { from: octal(before.mode), to: octal(file.mode) };
    const isSame = isSameAs(file);
    return {
      path: file.path,
      action: isSame && mode === undefined ? 'unchanged' : 'change',
      ...(mode === undefined ? {} : { mode }),
      diff: isSame ? [] : diffOf(mask(file.path, before.text), mask(file.path, file.text)),
    };
  });
}

/** True when applying the plan would write anything. */
export function hasChanges(files: readonly FilePlan[]): boolean {
  return files.some((file) => file.action !== 'unchanged');
}

function masker(
  current: (path: string) => CurrentFile,
  rendered: readonly RenderedFile[],
  shown: ReadonlySet<string>,
): (path: string, text: string) => string {
  const newEnv = rendered.find((file) => file.path === '.env')?.text ?? '';
  const comments = new Set(newEnv.split('\n').filter((line) => line.startsWith('#')));
  const secretPaths = new Set([
    ...rendered.map((file) => file.path).filter((path) => path.startsWith('secrets/')),
    ...tenantSecrets.map(({ name }) => `secrets/${secretFile(name)}`),
  ]);
  const secrets = [
    ...[newEnv, current('.env')?.text ?? ''].flatMap((text) => hiddenValues(text, shown)),
    ...[...secretPaths].flatMap((path) => current(path)?.text ?? []),
  ];
  return (path, text) => {
    if (path.startsWith('secrets/')) return fingerprint(text);
    return maskSecrets(path === '.env' ? maskEnvFile(text, shown, comments) : text, secrets);
  };
}

function hiddenValues(env: string, shown: ReadonlySet<string>): string[] {
  return [...envValues(parseEnvFile(env))].flatMap(([name, value]) => {
    // Somebody's `DEBUG=1` is no secret to hunt for: masking every 1 would leave nothing to read.
    const isOurs = tenantSecrets.some((secret) => secret.name === name);
    return !shown.has(name) && (isOurs || value.length >= 8) ? [value] : [];
  });
}

function diffOf(before: string, after: string): DiffLine[] {
  if (before === after) return [];
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 2 });
  return hunks.flatMap((hunk, index) => [
    ...(index === 0 ? [] : [{ kind: 'skipped', text: '' } as const]),
    // A backslash begins diff's remark about a missing last line break.
    ...hunk.lines.filter((line) => !line.startsWith('\\')).map(diffLine),
  ]);
}

function diffLine(line: string): DiffLine {
  const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'context';
  return { kind, text: line.slice(1) };
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
