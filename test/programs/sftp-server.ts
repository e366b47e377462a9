import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const daemon = '/usr/sbin/sshd';
const subsystem = '/usr/lib/openssh/sftp-server';
const isRoot = userInfo().uid === 0;

const missing = [daemon, subsystem].find((file) => !existsSync(file));
if (missing !== undefined) {
  const message = `the tests of the collection need OpenSSH's server (${missing}; Debian: openssh-server)`;
  if (process.env['WATTFLEET_NO_SKIP'] === '1') throw new Error(message);
  console.log(`skipped: ${message}`);
}

/** True where this machine has no OpenSSH server; that has been printed. */
export const skipsSftp = missing !== undefined;

/** Nobody's: whom root becomes, so that permissions mean something in a test. */
const plainUser = 65_534;

/** OpenSSH's real server on a free port of this machine, with keys, configuration and a folder of its own. */
export class SftpServer {
  private child: ChildProcess | undefined;

  private constructor(
    /** Temporary folder of this server. */
    private readonly home: string,
    readonly port: number,
    /** What clients see as their files. */
    readonly root: string,
    /** Of the host key, as `ssh-keygen -l` prints it. */
    readonly fingerprint: string,
    private readonly options: SftpServerOptions,
  ) {}

  static async start(options: SftpServerOptions = {}): Promise<SftpServer> {
    // A run's own temporary folder is closed to the user that a server serves as.
    const home = await mkdtemp(path.join(options.asPlainUser ? '/tmp' : tmpdir(), 'sshd-'));
    await chmod(home, 0o755);
    const root = options.root ?? path.join(home, 'files');
    await mkdir(root, { recursive: true });
    if (isRoot && options.asPlainUser) await chown(root, plainUser, plainUser);
    for (const name of ['host_key', 'user_key']) makeKey(path.join(home, name));
    const listed = execFileSync('ssh-keygen', ['-l', '-f', path.join(home, 'host_key.pub')], {
      encoding: 'utf8',
    });
    const server = new SftpServer(home, await freePort(), root, listed.split(' ')[1] ?? '', options);
    await server.open();
    return server;
  }

  /** The variables with which a portal is told of it. */
  environment(): Record<string, string> {
    return {
      SFTP_HOST: '127.0.0.1',
      SFTP_PORT: String(this.port),
      SFTP_USER: userInfo().username,
      SFTP_PRIVATE_KEY_FILE: path.join(this.home, 'user_key'),
      SFTP_HOST_KEY: this.fingerprint,
      SFTP_FOLDER: this.root,
    };
  }

  /** The host key as it stands in `known_hosts`. */
  async publicKey(): Promise<string> {
    return readFile(path.join(this.home, 'host_key.pub'), 'utf8');
  }

  async open(): Promise<void> {
    // Where root's server keeps nothing; other users need none.
    if (isRoot) await mkdir('/run/sshd', { recursive: true });
    const config = path.join(this.home, 'sshd_config');
    await writeFile(config, this.configuration());
    this.child = spawn(daemon, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    this.child.stderr?.on('data', (text) => {
      log = `${log}${String(text)}`.slice(-10_000);
    });
    for (let attempt = 0; !(await answers(this.port)); attempt++) {
      if (attempt > 100) throw new Error(`sshd does not answer:\n${log}`);
      await delay(50);
    }
  }

  /** Ends at once, with every session. */
  kill(): void {
    for (const pid of sessionsOf(this.child?.pid)) killQuietly(pid);
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  /** Stops to answer, without an end: as a machine whose cable was pulled. */
  freeze(): void {
    for (const pid of sessionsOf(this.child?.pid)) process.kill(pid, 'SIGSTOP');
    this.child?.kill('SIGSTOP');
  }

  async close(): Promise<void> {
    this.kill();
    await rm(this.home, { recursive: true, force: true });
  }

  private configuration(): string {
    const { asPlainUser = false, readOnly = false, wrapper } = this.options;
    const flags = readOnly ? ' -R' : '';
    const drop = ['/usr/bin/setpriv', `--reuid=${plainUser}`, `--regid=${plainUser}`, '--clear-groups'];
    const command = [...(isRoot && asPlainUser ? drop : []), ...(wrapper ?? []), `${subsystem}${flags}`].join(
      ' ',
    );
    return `
      ListenAddress 127.0.0.1
      Port ${this.port}
      HostKey ${path.join(this.home, 'host_key')}
      AuthorizedKeysFile ${path.join(this.home, 'user_key.pub')}
      PidFile none
      StrictModes no
      UsePAM no
      PermitRootLogin yes
      PasswordAuthentication no
      KbdInteractiveAuthentication no
      LogLevel INFO
      Subsystem sftp ${command}
    `.replaceAll(/^\s+/gm, '');
  }
}

export interface SftpServerOptions {
  /** Serve as a user whom permissions stop, also where the tests run as root. */
  asPlainUser?: boolean;
  /** Take no change. */
  readOnly?: boolean;
  /** A folder of the test's instead of one of its own. */
  root?: string;
  /** Program and arguments that the server's subsystem is started by. */
  wrapper?: readonly string[];
}

/** Gives files to the user that `asPlainUser` serves as. */
export async function giveToPlainUser(...files: string[]): Promise<void> {
  if (isRoot) for (const file of files) await chown(file, plainUser, plainUser);
}

function makeKey(file: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', file]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('data', () => end(true)).once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}

/** Processes below one, whose own parent may have gone. */
function sessionsOf(pid: number | undefined): number[] {
  if (pid === undefined) return [];
  const list = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = list
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found = [pid];
  for (const parent of found) {
    for (const [child = 0, of] of pairs) if (of === parent) found.push(child);
  }
  return found.slice(1);
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
