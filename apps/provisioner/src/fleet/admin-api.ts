import { z } from 'zod';
import { CodedError } from '#libs/errors';

const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  status: z.string(),
  lastUsedAt: z.string().nullable(),
});
const tokensSchema = z.object({ tokens: z.array(tokenSchema) });
const issuedSchema = z.object({ token: z.string() });
const problemSchema = z.object({ code: z.string(), title: z.string() });

/** A push token as Admin lists it. */
export type AdminToken = z.infer<typeof tokenSchema>;

const timeoutMs = 30_000;
/** A deletion that takes longer goes on where it was when it is asked for again. */
const deletionMs = 280_000;

/** Admin's API, as one of its operators. */
export class AdminApi {
  readonly #url: URL;
  readonly #cookie: string;

  private constructor(url: URL, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  /** @throws CodedError ADMIN_FAILED when it does not answer or does not know the operator */
  static async signIn(url: URL, email: string, password: string): Promise<AdminApi> {
    const answer = await ask(url, 'POST', '/api/session', '', { email, password });
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
    return new AdminApi(url, cookies.join('; '));
  }

  async signOut(): Promise<void> {
    await this.#ask('DELETE', '/api/session');
  }

  /** All of a customer, newest first. */
  async tokens(code: string): Promise<AdminToken[]> {
    return tokensSchema.parse(await (await this.#ask('GET', tokensOf(code))).json()).tokens;
  }

  /** One more token; the others stay valid. */
  async addToken(code: string, name: string): Promise<{ token: string; id: string }> {
    const { token } = issuedSchema.parse(await (await this.#ask('POST', tokensOf(code), { name })).json());
    const added = (await this.tokens(code)).find(({ prefix }) => token.startsWith(prefix));
    if (added === undefined)
      throw new CodedError('ADMIN_FAILED', { detail: 'it does not list the token that it gave' });
    return { token, id: added.id };
  }

  /** Done twice it changes nothing. */
  async revokeToken(code: string, id: string): Promise<void> {
    await this.#ask('DELETE', `${tokensOf(code)}/${id}`);
  }

  /** Refuses the customer's pushes from now on; what it has pushed stays. Done twice it changes nothing. */
  async disableCustomer(code: string): Promise<void> {
    await this.#ask('POST', `${customerOf(code)}/disable`);
  }

  /** Deletes a customer with all it has pushed, which may take minutes. One that Admin does not know is no fault. */
  async deleteCustomer(code: string): Promise<void> {
    const path = `${customerOf(code)}?confirm=${encodeURIComponent(code)}`;
    await ask(this.#url, 'DELETE', path, this.#cookie, undefined, {
      timeoutMs: deletionMs,
      mayBeMissing: true,
    });
  }

  #ask(method: string, path: string, body?: object): Promise<Response> {
    return ask(this.#url, method, path, this.#cookie, body);
  }
}

function customerOf(code: string): string {
  return `/api/customers/${encodeURIComponent(code)}`;
}

function tokensOf(code: string): string {
  return `${customerOf(code)}/tokens`;
}

async function ask(
  url: URL,
  method: string,
  path: string,
  cookie: string,
  body?: object,
  limits: { timeoutMs: number; mayBeMissing?: boolean } = { timeoutMs },
): Promise<Response> {
  const headers = {
    // As a page of Admin's own: it takes no change from anywhere else.
    origin: url.origin,
    ...(cookie !== '' && { cookie }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  let answer: Response;
  try {
    const signal = AbortSignal.timeout(limits.timeoutMs);
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    answer = await fetch(new URL(path, url), { method, headers, redirect: 'error', signal, ...content });
  } catch (cause) {
    throw new CodedError('ADMIN_FAILED', { detail: `${url.origin} does not answer`, cause });
  }
  if (answer.ok || (limits.mayBeMissing && answer.status === 404)) return answer;
  const problem = problemSchema.safeParse(await answer.json().catch(() => undefined));
  const why = problem.success ? `${problem.data.title} (${problem.data.code})` : String(answer.status);
  throw new CodedError('ADMIN_FAILED', { detail: `${method} ${path}: ${why}` });
}
