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
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await wattfleet(root, ['completion', shell]);
    writeFileSync(path.join(folder, `completion.${shell}`), stdout);
  }
  return { root, folder };
}

type Installed = Awaited<ReturnType<typeof installed>>;

/** Runs a shell's script with its words; what it prints, a line each. */
function lines({ root, folder }: Installed, command: string, ...args: string[]): string[] {
  const env = { PATH: `${folder}:/usr/bin:/bin`, HOME: folder, WATTFLEET_ROOT: root };
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', cwd: folder, env });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((word) => word !== '');
}

/** What bash would offer when Tab is pressed at the end of the line. */
function offered(shell: Installed, line: string): string[] {
  const words = line.split(' ');
  const script = `
    source "$1/completion.bash"
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    complete -p wattfleet > /dev/null && _wattfleet
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return lines(shell, 'bash', '--norc', '--noprofile', '-c', script, 'bash', shell.folder, ...words);
}

const sourced = 'source "$1/completion.zsh"';
/** From a folder of `$fpath`, when Tab is pressed for the first time. */
const loadedAtFirstTab = 'cp "$1/completion.zsh" "$1/_wattfleet"; fpath=("$1"); autoload -U _wattfleet';

/** What zsh's own completion functions would be told to offer. */
function offeredInZsh(shell: Installed, line: string, load = sourced): string[] {
  const script = `
    compdef() { }
    _files() { print -l -- *(N) }
    _describe() { local -a of; [[ $1 == -o ]] && shift 2 || shift; of=(\${(P)1}); print -l -- \${of%%:*} }
    ${load}
    shift
    words=("$@") CURRENT=$#
    _wattfleet`;
  return lines(shell, 'zsh', '-f', '-c', script, 'zsh', shell.folder, ...line.split(' '));
}

/** What fish would offer when Tab is pressed at the end of the line, without its explanations. */
function offeredInFish(shell: Installed, line: string): string[] {
  const script = 'source $argv[1]/completion.fish; complete -C $argv[2]';
  const offers = lines(shell, 'fish', '--no-config', '-c', script, shell.folder, line);
  return offers.map((offer) => offer.split('\t')[0] ?? '');
}

/** Not every machine has them. */
const shells = ['zsh', 'fish'].filter((name) => isThere(name));

function isThere(name: string): boolean {
  if (spawnSync(name, ['--version']).status === 0) return true;
  console.log(`skipped: completion in ${name}, which is not on this machine`);
  return false;
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
    expect(offered(shell, 'wattfleet apply --plan completion.b')).toEqual(['completion.bash']);
    expect(offered(shell, 'wattfleet create ')).toEqual([]);
    expect(offered(shell, `wattfleet plan --root ${newRoot()} `)).toEqual([]);
  });
});

describe.skipIf(!shells.includes('zsh'))('completion in zsh', { timeout: 60_000 }, () => {
  it('offers commands, options, words, codes and files', async () => {
    const shell = await installed();
    expect(offeredInZsh(shell, 'wattfleet ')).toEqual(
      expect.arrayContaining(['create', 'plan', 'completion']),
    );
    expect(offeredInZsh(shell, 'wattfleet plan --')).toContain('--detailed-exitcode');
    for (const load of [sourced, loadedAtFirstTab]) {
      expect(offeredInZsh(shell, 'wattfleet completion ', load)).toEqual(['bash', 'zsh', 'fish']);
    }
    expect(offeredInZsh(shell, 'wattfleet up ABC0001 ')).toEqual(['ABC0001', 'XYZ0001']);
    expect(offeredInZsh(shell, 'wattfleet backup ')).toEqual(expect.arrayContaining(['list', 'XYZ0001']));
    expect(offeredInZsh(shell, 'wattfleet apply --plan ')).toContain('completion.zsh');
    expect(offeredInZsh(shell, `wattfleet plan --root ${newRoot()} `)).toEqual([]);
  });
});

describe.skipIf(!shells.includes('fish'))('completion in fish', { timeout: 60_000 }, () => {
  it('offers commands, options, words, codes and files', async () => {
    const shell = await installed();
    expect(offeredInFish(shell, 'wattfleet ver')).toEqual(['verify']);
    expect(offeredInFish(shell, 'wattfleet plan --det')).toEqual(['--detailed-exitcode']);
    expect(offeredInFish(shell, 'wattfleet completion ')).toEqual(['bash', 'fish', 'zsh']);
    expect(offeredInFish(shell, 'wattfleet up ABC0001 ')).toEqual(['ABC0001', 'XYZ0001']);
    expect(offeredInFish(shell, 'wattfleet backup li')).toEqual(['list']);
    expect(offeredInFish(shell, 'wattfleet apply --plan completion.b')).toEqual(['completion.bash']);
    expect(offeredInFish(shell, `wattfleet plan --root ${newRoot()} A`)).toEqual([]);
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
