import { connect, type Socket } from 'node:net';
import SftpClient from 'ssh2-sftp-client';
import { CodedError } from '#libs/errors';
import type { SftpSettings } from './collection.config.js';
import { describeKey, matches } from './host-key.js';

/** The session of one connection, as ssh2 has it. */
export type SftpSession = Awaited<ReturnType<SftpClient['connect']>>;

/** An open connection. */
export interface SftpConnection {
  session: SftpSession;
  /** An answer, unless the connection ends before or the server is silent for too long. */
  await: <T>(answer: Promise<T>) => Promise<T>;
  /** Closes it at once; what is under way fails. */
  destroy: () => void;
  /** Says goodbye. */
  end: () => Promise<void>;
}

/**
 * Connects to the server and signs in; the host key is compared before anything is said.
 * @throws CodedError SFTP_UNREACHABLE, SFTP_HOST_KEY_REFUSED, SFTP_SIGN_IN_REFUSED
 */
export async function openConnection(
  settings: SftpSettings,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<SftpConnection> {
  const sock = await openSocket(settings, timeoutMs, signal);
  const destroy = () => sock.destroy();
  signal.addEventListener('abort', destroy, { once: true });
  sock.once('close', () => signal.removeEventListener('abort', destroy));
  const untilClosed = <T>(answer: Promise<T>) => whileOpen(sock, withDeadline(answer, timeoutMs));
  const nothing = { error: ignore, end: ignore, close: ignore };
  const client = new SftpClient('wattfleet', nothing);
  let seen: Buffer | undefined;
  try {
    const session = await untilClosed(
      client.connect({
        ...signInOf(settings),
        sock,
        readyTimeout: timeoutMs,
        // A connection that a firewall has forgotten is noticed by these.
        keepaliveInterval: 15_000,
        hostVerifier: (key: Buffer) => {
          seen = key;
          return settings.hostKey !== undefined && matches(settings.hostKey, key);
        },
      }),
    );
    const end = async () => {
      await untilClosed(client.end()).catch(ignore);
      destroy();
    };
    return { session, await: untilClosed, destroy, end };
  } catch (error) {
    destroy();
    throw refusal(settings, seen, error);
  }
}

/** ssh2 leaves questions unanswered when its connection is gone. */
async function whileOpen<T>(sock: Socket, answer: Promise<T>): Promise<T> {
  const closed = Promise.withResolvers<never>();
  const onClose = () => closed.reject(new Error('the connection was closed'));
  if (sock.destroyed) onClose();
  sock.once('close', onClose);
  try {
    return await Promise.race([answer, closed.promise]);
  } finally {
    sock.off('close', onClose);
  }
}

/** @throws Error when it takes longer; the work itself goes on until its connection is destroyed */
async function withDeadline<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`no answer for ${Math.round(timeoutMs / 1_000)} s`)),
    timeoutMs,
  );
  // Of a connection that is gone nothing is waited for: that must not keep a program from ending.
  timer.unref();
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function signInOf({ user, password, privateKey, hostKey }: SftpSettings) {
  return {
    username: user,
    ...(password !== undefined && { password: password.reveal() }),
    ...(privateKey !== undefined && { privateKey: privateKey.reveal() }),
    ...(hostKey?.algorithms !== undefined && {
      // ssh2 knows the names of what it supports; a kind of key that it does not know is its error.
      algorithms: { serverHostKey: hostKey.algorithms as never[] },
    }),
  };
}

/** A socket of our own can be destroyed at any moment, also while ssh2 waits for something. */
async function openSocket(
  { host, port }: SftpSettings,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true });
  const opened = Promise.withResolvers<void>();
  const abort = () => socket.destroy(new Error('stopped'));
  socket.once('connect', opened.resolve).on('error', opened.reject);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    await withDeadline(opened.promise, timeoutMs);
    // As many questions as are asked at a time listen for its end.
    return socket.setMaxListeners(100);
  } catch (error) {
    socket.destroy();
    throw unreachable(host, port, error);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function refusal(settings: SftpSettings, seen: Buffer | undefined, cause: unknown): CodedError {
  const { host, port, user, hostKey } = settings;
  if (seen !== undefined && (hostKey === undefined || !matches(hostKey, seen))) {
    const said = `${host} shows ${describeKey(seen)}`;
    const detail =
      hostKey === undefined ? `SFTP_HOST_KEY is not set; ${said}` : `${said}, which is not SFTP_HOST_KEY`;
    return new CodedError('SFTP_HOST_KEY_REFUSED', { detail, cause });
  }
  // Also what ssh2 says of a key that it cannot read, such as one with a passphrase.
  if (/authentication methods failed|private ?key/i.test(reasonOf(cause))) {
    return new CodedError('SFTP_SIGN_IN_REFUSED', { detail: `${user}@${host}: ${reasonOf(cause)}`, cause });
  }
  return unreachable(host, port, cause);
}

function unreachable(host: string, port: number, cause: unknown): CodedError {
  return new CodedError('SFTP_UNREACHABLE', { detail: `${host}:${port}: ${reasonOf(cause)}`, cause });
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function ignore(): void {
  // Told of by what was under way.
}
