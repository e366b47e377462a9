// The one entry of every npm script: brings a fresh clone to where the script can run, then runs it.
// Plain JavaScript without dependencies, because it runs before anything is installed and on any Node >= 20.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, mkdirSync, writeFileSync, readdirSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = path.join(root, 'node_modules', '.bin');
const [task, ...args] = process.argv.slice(2);

/** What each npm script needs built, and the program it then is. */
const tasks = {
  start: { builds: ['server', 'web'], command: ['node', 'dist/scripts/demo/main.js'] },
  test: { inRoot: true, builds: ['server', 'web'], command: ['node', 'scripts/test.mjs'] },
  'test:e2e': { inRoot: true, builds: ['server', 'web'], command: ['node', 'scripts/test.mjs', 'e2e'] },
  'test:stack': { inRoot: true, builds: ['server', 'web'], command: ['node', 'scripts/test.mjs', 'stack'] },
  generate: { inRoot: true, builds: ['server'], command: ['node', 'dist/scripts/generate/main.js'] },
  check: { inRoot: true, builds: ['server'], command: ['node', 'scripts/check.mjs'] },
  build: { builds: ['server', 'web'], command: undefined },
  bench: {
    inRoot: true,
    builds: ['server', 'web'],
    command: ['node', '--expose-gc', 'dist/test/bench/main.js'],
  },
  portal: { builds: ['server'], command: ['node', 'dist/apps/portal/src/main.js'] },
  admin: { builds: ['server'], command: ['node', 'dist/apps/admin/src/main.js'] },
  // A small nursery for young objects: a thousand tenants pass through it, and none of them stays.
  wattfleet: {
    builds: ['server'],
    command: ['node', '--max-semi-space-size=8', 'dist/apps/provisioner/src/main.js'],
  },
};

const builds = {
  server: {
    sources: [
      'apps/portal',
      'apps/admin',
      'apps/provisioner',
      'libs',
      'scripts',
      'test',
      'tsconfig.build.json',
    ],
    commands: [['tsc', '-p', 'tsconfig.build.json']],
  },
  web: {
    sources: ['apps/portal-web', 'apps/admin-web', 'libs/ui', 'libs/contracts', 'vite.config.ts'],
    commands: [
      ['vite', 'build', 'apps/portal-web', '--logLevel', 'warn'],
      ['vite', 'build', 'apps/admin-web', '--logLevel', 'warn'],
    ],
  },
};

const known = Object.hasOwn(tasks, task ?? '') ? tasks[task] : undefined;
if (known === undefined) {
  console.error(`usage: node scripts/run.mjs <${Object.keys(tasks).join('|')}> [arguments]`);
  process.exit(64);
}
install();
for (const name of known.builds) build(name, builds[name]);
if (known.command !== undefined) {
  const [program, ...rest] = known.command;
  const script = rest.map((word) => (/\.m?js$/.test(word) ? path.join(root, word) : word));
  become(program, [...script, ...args]);
}

/** Installs the locked dependencies when they are missing or the lock file has changed. */
function install() {
  const stamp = path.join(root, 'node_modules', '.wattfleet-lock');
  const lock = digest([path.join(root, 'package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('installing dependencies (once, about a minute) …');
  const status = run('npm', ['ci', '--no-progress', '--loglevel=error', '--fund=false'], ['ignore', 2, 2]);
  if (status !== 0) process.exit(status);
  writeFileSync(stamp, lock);
}

/** Builds when a source is newer than what was built; standard output stays free for the program's data. */
function build(name, { sources, commands }) {
  const stamp = path.join(root, 'dist', `.${name}`);
  const files = sources.flatMap((source) => listFiles(path.join(root, source))).toSorted();
  const state = digest(files);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  say(`building (${name}) …`);
  for (const [program, ...rest] of commands) {
    const status = run(program, rest, ['ignore', 2, 2]);
    if (status !== 0) process.exit(status);
  }
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, state);
}

function run(program, args, stdio) {
  const child = spawnSync(program, args, { cwd: root, stdio, env: environment() });
  if (child.error) throw child.error;
  return child.status ?? 1;
}

/** Runs the program in the foreground: it gets our signals, and ends when we are killed (its IPC channel closes). */
function become(program, args) {
  // npm moves to the root; a relative path on the command line is meant from where the user stands.
  const cwd = known.inRoot ? root : (process.env.INIT_CWD ?? process.cwd());
  const child = spawn(program, args, {
    cwd,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: environment(),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

function environment() {
  return { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
}

function listFiles(entry) {
  if (!existsSync(entry)) return [];
  if (statSync(entry).isFile()) return [entry];
  return readdirSync(entry, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => path.join(item.parentPath, item.name));
}

function digest(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
}

function say(text) {
  process.stderr.write(`wattfleet: ${text}\n`);
}
