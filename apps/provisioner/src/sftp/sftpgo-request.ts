import { z } from 'zod';
import { CodedError } from '#libs/errors';

/** A request to SFTPGo's REST API. */
export interface SftpgoRequest {
  method: string;
  /** Below `/api/v2`. */
  path: string;
  authorization?: string;
  body?: object;
  timeoutMs: number;
}

/** What it answered. `body` is undefined where it is no JSON. */
export interface SftpgoAnswer {
  status: number;
  body: unknown;
}

const messageSchema = z.object({ error: z.string().optional(), message: z.string().optional() });

/** @throws CodedError SFTPGO_FAILED when nothing answers in time */
export async function askSftpgo(url: URL, request: SftpgoRequest): Promise<SftpgoAnswer> {
  const { method, path, authorization, body, timeoutMs } = request;
  const headers = {
    ...(authorization !== undefined && { authorization }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const target = new URL(`/api/v2${path}`, url);
    const answer = await fetch(target, { method, headers, redirect: 'error', signal, ...content });
    const text = await answer.text();
    return { status: answer.status, body: parseJson(text) };
  } catch (cause) {
    throw new CodedError('SFTPGO_FAILED', { detail: `${url.origin} does not answer`, cause });
  }
}

/** Tells of an answer that was not expected: by its status and what SFTPGo says of it, which holds no secret. */
export function unexpected({ method, path }: SftpgoRequest, { status, body }: SftpgoAnswer): CodedError {
  const { message, error } = messageSchema.safeParse(body).data ?? {};
  const said = [message, error].filter((text) => text !== undefined && text !== '').join(': ');
  return new CodedError('SFTPGO_FAILED', {
    detail: `${method} ${path}: ${status}${said === '' ? '' : ` (${said})`}`,
  });
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
