import { describe, expect, it } from 'vitest';
import { fingerprint } from './mask.js';
import { hasChanges, plan, type CurrentFile, type FilePlan } from './plan.js';
import { render, type RenderedFile } from './render.js';
import { secrets, stackOf, templates, yamlOf } from './stack.fixtures.js';

const rendered = render(stackOf(), templates);
const shown = new Set(Object.keys(stackOf().variables));

/** The files as they were rendered, with some of them changed. */
function onDisk(changes: Record<string, (file: RenderedFile) => CurrentFile> = {}) {
  return (path: string): CurrentFile => {
    const file = rendered.find((candidate) => candidate.path === path);
    if (file === undefined) return undefined;
    const change = changes[path];
    return change === undefined ? { text: file.text, mode: file.mode } : change(file);
  };
}

const edited = (from: string, to: string) => (file: RenderedFile) => ({
  text: file.text.replaceAll(from, () => to),
  mode: file.mode,
});

const fileIn = (files: FilePlan[], path: string) => files.find((file) => file.path === path);
const linesOf = (file: FilePlan | undefined, kind: string) =>
  file?.diff.filter((line) => line.kind === kind).map((line) => line.text);

describe('plan', () => {
  it('has no changes when all is as rendered', () => {
    const files = plan(onDisk(), rendered, shown);
    expect(hasChanges(files)).toBe(false);
    expect(files.map(({ action, diff }) => [action, diff.length])).toEqual(
      rendered.map(() => ['unchanged', 0]),
    );
  });

  it('creates a file that is missing', () => {
    const files = plan(onDisk({ 'compose.yaml': () => undefined }), rendered, shown);
    expect(
      files.filter(({ action }) => action !== 'unchanged').map(({ path, action }) => [path, action]),
    ).toEqual([['compose.yaml', 'create']]);
    expect(linesOf(fileIn(files, 'compose.yaml'), 'added')).toContain('name: abc0001');
  });

  it('shows the lines that change', () => {
    const files = plan(
      onDisk({ 'compose.yaml': edited('LOG_LEVEL: info', 'LOG_LEVEL: debug') }),
      rendered,
      shown,
    );
    const file = fileIn(files, 'compose.yaml');
    expect(file?.action).toBe('change');
    expect(linesOf(file, 'removed')).toEqual(['      LOG_LEVEL: debug']);
    expect(linesOf(file, 'added')).toEqual(['      LOG_LEVEL: info']);
  });

  it('tells of a file that others may read although it should be closed', () => {
    const files = plan(onDisk({ '.env': ({ text }) => ({ text, mode: 0o644 }) }), rendered, shown);
    expect(fileIn(files, '.env')).toMatchObject({ action: 'change', mode: { from: '0644', to: '0600' } });
  });
});

describe('a plan and secrets', () => {
  const old = `old "pass'word" with $dollars`;
  const oldInEnv = String.raw`"old \"pass'word\" with $$dollars"`;
  const everywhere = [
    secrets.DATABASE_PASSWORD,
    oldInEnv,
    `# was ${secrets.SESSION_SECRET}`,
    JSON.stringify(old),
    old.replaceAll('$', '$$$$'),
  ].join(' | ');
  const files = plan(
    onDisk({
      '.env': (file) => ({
        text: `${file.text.replace(secrets.DATABASE_PASSWORD, () => oldInEnv)}\n# once: commented-out-password\nMINE=added-by-hand-password\n`,
        mode: file.mode,
      }),
      'secrets/session_secret': () => ({ text: 'stale-session-secret', mode: 0o444 }),
      'compose.yaml': (file) => ({
        text: `# ${everywhere}\n# stale-session-secret added-by-hand-password\n${file.text}`,
        mode: file.mode,
      }),
    }),
    rendered,
    shown,
  );
  const text = JSON.stringify(files);

  it.each([
    ...Object.values(secrets),
    "pass'word",
    'dollars',
    'commented-out-password',
    'added-by-hand-password',
    'stale-session-secret',
  ])('never meet: %s', (value) => {
    expect(text).not.toContain(value);
  });

  it('show as name and fingerprint, so that a change is seen', () => {
    const env = fileIn(files, '.env');
    expect(linesOf(env, 'removed')).toContain(`DATABASE_PASSWORD=${fingerprint(old)}`);
    expect(linesOf(env, 'added')).toContain(`DATABASE_PASSWORD=${fingerprint(secrets.DATABASE_PASSWORD)}`);
    expect(fingerprint(old)).toMatch(/^<secret sha256:[0-9a-f]{8}>$/);
  });

  it('do not hide what is no secret', () => {
    const files = plan(onDisk({ '.env': edited('wattfleet:1.2.3', 'wattfleet:1.0.0') }), rendered, shown);
    expect(linesOf(fileIn(files, '.env'), 'removed')).toEqual(['PORTAL_IMAGE=wattfleet:1.0.0']);
  });

  it('do not hide the plan behind a short value added by hand', () => {
    const withShort = render(stackOf(yamlOf()), templates, { MINE: '1' });
    const files = plan(() => undefined, withShort, shown);
    expect(linesOf(fileIn(files, 'compose.yaml'), 'added')).toContain('name: abc0001');
    expect(linesOf(fileIn(files, '.env'), 'added')).toContain(`MINE=${fingerprint('1')}`);
  });
});
