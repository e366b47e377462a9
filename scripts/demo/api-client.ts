import type { Problem } from '#libs/contracts';

/** An answer that is a problem. */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`);
  }
}

/** Calls one of the apps as somebody who signed in. */
export class ApiClient {
  #cookie = '';

  private constructor(private readonly base: string) {}

  static async signIn(base: string, email: string, password: string): Promise<ApiClient> {
    const client = new ApiClient(base);
    await client.post('/api/session', { email, password });
    return client;
  }

  get<T>(address: string): Promise<T> {
    return this.send<T>('GET', address);
  }

  post<T>(address: string, body?: unknown): Promise<T> {
    return this.send<T>('POST', address, body);
  }

  private async send<T>(method: string, address: string, body?: unknown): Promise<T> {
    const response = await fetch(new URL(address, this.base), {
      method,
      headers: {
        cookie: this.#cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie !== undefined) this.#cookie = cookie;
    const answer: unknown = await response.json();
    if (!response.ok) throw new ApiProblem(answer as Problem);
    return answer as T;
  }
}
