import { noConnection, parseProblem } from './api-problem.js';

/** A list repeats its name; what is undefined or empty is left out. */
type QueryValue = string | number | readonly string[] | undefined;

interface Options {
  query?: Record<string, QueryValue>;
  signal?: AbortSignal;
}

/** Same-origin JSON over HTTP; a `Blob`, such as a file, is sent as it is. Answers are typed by `libs/contracts` and trusted: they come from our own server. */
export const api = {
  get: <T>(path: string, options?: Options) => request<T>('GET', path, options),
  post: <T>(path: string, body?: unknown) => request<T>('POST', path, {}, body),
  put: <T>(path: string, body: unknown) => request<T>('PUT', path, {}, body),
  patch: <T>(path: string, body: unknown) => request<T>('PATCH', path, {}, body),
  delete: <T = void>(path: string, options?: Options) => request<T>('DELETE', path, options),
};

async function request<T>(method: string, path: string, options: Options = {}, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const isFile = body instanceof Blob;
  if (body !== undefined) headers['content-type'] = isFile ? body.type : 'application/json';
  const response = await send(withQuery(path, options.query), {
    method,
    headers,
    body: body === undefined ? null : isFile ? body : JSON.stringify(body),
    signal: options.signal ?? null,
    credentials: 'same-origin',
  });
  const text = await response.text();
  if (!response.ok) throw parseProblem(response.status, text);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw noConnection();
  }
}

/** Path and query, as a link needs them too. */
export function withQuery(path: string, query: Record<string, QueryValue> = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const all = Array.isArray(value) ? value : [value];
    for (const one of all) if (one !== undefined && one !== '') params.append(name, String(one));
  }
  return params.size === 0 ? path : `${path}?${params.toString()}`;
}
