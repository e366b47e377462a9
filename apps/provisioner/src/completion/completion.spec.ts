import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { host, newRoot, wattfleet } from '../testing/provisioner.fixtures.js';

const source = path.join(import.meta.dirname, '..');

/** A folder with a `wattfleet` to run, and a root with two tenants. */
async function installed() {
  const root = newRoot();
  for (const code of ['ABC0001', 'XYZ0001']) await wattfleet(root, ['create', code, ...host]);
  const folder = newRoot();
  const program = [
    '--conditions=source',
    '--import',
    path.join(source, 'testing/source-hooks.mjs'),
    path.join(source, 'main.ts'),
  ];
  const file = path.join(folder, 'wattfleet');
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" ${program.join(' ')} "$@"\n`);
  chmodSync(file, 0o755);
  const { stdout } = await wattfleet(root, ['completion', 'bash']);
  writeFileSync(path.join(folder, 'completion.bash'), stdout);
  return { root, folder };
}

/** What bash would offer when Tab is pressed at the end of the line. */
function offered({ root, folder }: { root: string; folder: string }, line: string): string[] {
  const words = line.split(' ');
  const script = `
    source "$1/completion.bash"
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    complete -p wattfleet > /dev/null && _wattfleet
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync(
    'bash',
    ['--norc', '--noprofile', '-c', script, 'bash', folder, ...words],
    {
      encoding: 'utf8',
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: `${folder}:/usr/bin:/bin`, WATTFLEET_ROOT: root },
    },
  );
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((word) => word !== '');
}

describe('completion in bash', { timeout: 60_000 }, () => {
  it('offers commands, options, words, codes and files', async () => {
    const shell = await installed();
    expect(offered(shell, 'wattfleet ver')).toEqual(['verify']);
    expect(offered(shell, 'wattfleet ')).toEqual(expect.arrayContaining(['create', 'plan', 'completion']));
    expect(offered(shell, 'wattfleet plan --det')).toEqual(['--detailed-exitcode']);
    expect(offered(shell, 'wattfleet completion ')).toEqual(['bash', 'zsh', 'fish']);
    expect(offered(shell, 'wattfleet plan A')).toEqual(['ABC0001']);
    expect(offered(shell, 'wattfleet up ABC0001 ')).toEqual(['ABC0001', 'XYZ0001']);
    expect(offered(shell, 'wattfleet rotate d')).toEqual(['db']);
    expect(offered(shell, 'wattfleet rotate db X')).toEqual(['XYZ0001']);
    expect(offered(shell, 'wattfleet backup li')).toEqual(['list']);
    expect(offered(shell, 'wattfleet backup list --st')).toEqual(['--store']);
    expect(offered(shell, `wattfleet apply --plan comp`)).toEqual(['completion.bash']);
    expect(offered(shell, 'wattfleet create ')).toEqual([]);
    expect(offered(shell, `wattfleet plan --root ${newRoot()} `)).toEqual([]);
  });
});

describe('completion', () => {
  it.each(['zsh', 'fish'])('of %s names every command', async (shell) => {
    const { exitCode, stdout } = await wattfleet(newRoot(), ['completion', shell]);
    expect(exitCode).toBe(0);
    for (const name of ['create', 'verify', 'completion']) expect(stdout).toContain(`'${name}`);
    expect(stdout).toContain('list --codes');
  });

  it('is refused for another shell', async () => {
    const { exitCode, stderr } = await wattfleet(newRoot(), ['completion', 'tcsh']);
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining('bash, zsh, fish')]);
  });

  it('asks no engine for codes', async () => {
    const root = newRoot();
    expect((await wattfleet(root, ['list', '--codes'])).stdout).toBe('');
    await wattfleet(root, ['create', 'ABC0001', ...host]);
    expect((await wattfleet(root, ['list', '--codes'])).stdout).toBe('ABC0001\n');
  });
});
