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
  const content = file === '-' ? await text(stdin) : await readFileOr(file, option);
  const token = content.replace(/\r?\n$/, '');
  if (/^[\x21-\x7E]{20,512}$/.test(token)) return token;
  throw new CodedError('USAGE', {
    problems: [{ path: option, message: 'must hold one token of 20 to 512 printable characters' }],
  });
}

/**
 * Reads a password from a file, or from `stdin` when `file` is `-`.
 * @throws CodedError USAGE when it cannot be read or is empty
 */
export async function readPassword(
  file: string,
  option: string,
  stdin: NodeJS.ReadableStream,
): Promise<string> {
  const content = file === '-' ? await text(stdin) : await readFileOr(file, option);
  const password = content.replace(/\r?\n$/, '');
  if (password !== '') return password;
  throw new CodedError('USAGE', { problems: [{ path: option, message: 'must hold a password' }] });
}

async function readFileOr(file: string, option: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new CodedError('USAGE', { problems: [{ path: option, message: `cannot read ${file}` }], cause });
  }
}
