import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CodedError } from '#libs/errors';

/**
 * Reads a push token from a file, or from `stdin` when `file` is `-`. Never from the command line, which every user
 * of the host can list.
 * @param option the option that named the file, for the error
 * @throws CodedError USAGE when it cannot be read or holds no token
 */
export async function readToken(file: string, option: string, stdin: NodeJS.ReadableStream): Promise<string> {
  const token = await readLine(file, option, stdin);
  if (/^[\x21-\x7E]{20,512}$/.test(token)) return token;
  throw refused(option, 'must hold one token of 20 to 512 printable characters');
}

/** Reads a password as `readToken` reads a token. @throws CodedError USAGE */
export async function readPassword(
  file: string,
  option: string,
  stdin: NodeJS.ReadableStream,
): Promise<string> {
  const password = await readLine(file, option, stdin);
  if (/^[^\n]{1,1024}$/.test(password)) return password;
  throw refused(option, 'must hold one line: the password');
}

async function readLine(file: string, option: string, stdin: NodeJS.ReadableStream): Promise<string> {
  const content = file === '-' ? await text(stdin) : await readFileOr(file, option);
  return content.replace(/\r?\n$/, '');
}

async function readFileOr(file: string, option: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw refused(option, `cannot read ${file}`, cause);
  }
}

function refused(path: string, message: string, cause?: unknown): CodedError {
  return new CodedError('USAGE', { problems: [{ path, message }], cause });
}
