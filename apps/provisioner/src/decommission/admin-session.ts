import { z } from 'zod';
import { CodedError } from '#libs/errors';

const problem = z.object({ code: z.string(), title: z.string(), detail: z.string().optional() });

/** So long a request may take; a deletion goes on where it was when it is asked for again. */
const timeoutMs = 240_000;
const attempts = 5;

/** An operator's session with Admin, for what the provisioner has to tell it. */
export class AdminSession {
  readonly #origin: string;
  readonly #cookie: string;

  private constructor(origin: string, cookie: string) {
    this.#origin = origin;
    this.#cookie = cookie;
  }

  /** @throws CodedError USAGE for a bad address, CUSTOMER_NOT_DEREGISTERED when Admin does not let the operator in */
  static async signIn(url: string, email: string, password: string): Promise<AdminSession> {
    const origin = originOf(url);
    const answer = await send(`${origin}/api/session`, 'POST', { origin }, { email, password });
    if (!answer.ok) throw await refused(answer);
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    return new AdminSession(origin, cookies.join('; '));
  }

  /** Deletes the customer with all it has pushed. One that Admin does not know is no fault. */
  async deleteCustomer(code: string): Promise<void> {
    await this.#change(`/api/customers/${code}?confirm=${code}`, 'DELETE');
  }

  /** Refuses the customer's pushes from now on; what it has pushed stays. */
  async disableCustomer(code: string): Promise<void> {
    await this.#change(`/api/customers/${code}/disable`, 'POST');
  }

  async signOut(): Promise<void> {
    await this.#change('/api/session', 'DELETE');
  }

  async #change(path: string, method: string): Promise<void> {
    const headers = { origin: this.#origin, cookie: this.#cookie };
    const answer = await send(`${this.#origin}${path}`, method, headers);
    if (!answer.ok && answer.status !== 404) throw await refused(answer);
  }
}

async function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: object,
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetch(url, {
        method,
        // A redirect would carry the password to another address.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      const isSlow = cause instanceof Error && cause.name === 'TimeoutError';
      if (isSlow && attempt < attempts) continue;
      const reason =
        cause instanceof Error ? (cause.cause instanceof Error ? cause.cause : cause).message : '';
      throw new CodedError('CUSTOMER_NOT_DEREGISTERED', {
        detail: `${new URL(url).origin}: ${reason}`,
        cause,
      });
    }
  }
}

async function refused(answer: Response): Promise<CodedError> {
  const parsed = problem.safeParse(await answer.json().catch(() => undefined));
  const said = parsed.success ? `${parsed.data.code}: ${parsed.data.detail ?? parsed.data.title}` : '';
  return new CodedError('CUSTOMER_NOT_DEREGISTERED', {
    detail: `Admin answered ${answer.status}${said === '' ? '' : ` ${said}`}`,
  });
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '') return url.origin;
  const message = 'must be the http or https address of Admin, such as https://admin.example.com';
  throw new CodedError('USAGE', { problems: [{ path: '--admin-url', message }] });
}
