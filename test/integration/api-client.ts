import type { Problem } from '#libs/contracts';

/** The first account of every app under test. */
export const adminAccount = { email: 'first@wattfleet.example', password: 'Tr0ub4dor-and-three' };

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** Calls an app as a browser does: keeps the session cookie. */
export class ApiClient {
  /** `name=value`, empty while there is none. */
  cookie = '';

  constructor(
    private readonly url: string,
    /** Sent with every request. */
    private readonly headers: Record<string, string> = {},
  ) {}

  static async signedIn(url: string): Promise<ApiClient> {
    const client = new ApiClient(url);
    const { status } = await client.signIn();
    if (status !== 200) throw new Error(`sign-in answered ${status}`);
    return client;
  }

  signIn(credentials: unknown = adminAccount): Promise<Answer<Problem>> {
    return this.post('/api/session', credentials);
  }

  get<T = Problem>(address: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send('GET', address, { headers });
  }

  post<T = Problem>(
    address: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    if (body === undefined) return this.send('POST', address, { headers });
    return this.send('POST', address, {
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  async send<T = Problem>(method: string, address: string, init: RequestInit = {}): Promise<Answer<T>> {
    const headers = { ...this.headers, ...(init.headers as Record<string, string> | undefined) };
    if (this.cookie !== '') headers['cookie'] = this.cookie;
    const response = await fetch(new URL(address, this.url), {
      redirect: 'manual',
      ...init,
      method,
      headers,
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';', 1)[0] ?? '';
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson && text !== '' ? JSON.parse(text) : text) as T,
    };
  }
}
