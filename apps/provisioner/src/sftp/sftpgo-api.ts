import { z } from 'zod';
import { CodedError } from '#libs/errors';
import { sftpAdmin } from '#libs/stack';
import { askSftpgo, basic, unexpected, type SftpgoAnswer, type SftpgoRequest } from './sftpgo-request.js';

const tokenSchema = z.object({ access_token: z.string().min(1) });
const versionSchema = z.object({ version: z.string() });
const objectSchema = z.record(z.string(), z.unknown());

/** Event rules of this shape are from 2.4 on; what is tested here is 2.7. */
const oldest = [2, 6] as const;
const defaultTimeoutMs = 30_000;

/** Things that SFTPGo keeps by name. */
export type SftpgoKind = 'users' | 'eventactions' | 'eventrules';

/** SFTPGo's REST API, as its one administrator. */
export class SftpgoApi {
  readonly #url: URL;
  readonly #password: string;
  readonly #timeoutMs: number;
  #token: string | undefined;

  private constructor(url: URL, password: string, timeoutMs: number) {
    this.#url = url;
    this.#password = password;
    this.#timeoutMs = timeoutMs;
  }

  /** @throws CodedError SFTPGO_FAILED when it does not answer, does not know us, or is too old */
  static async signIn(url: URL, password: string, timeoutMs = defaultTimeoutMs): Promise<SftpgoApi> {
    const api = new SftpgoApi(url, password, timeoutMs);
    const { version } = parsed(versionSchema, await api.#ask('GET', '/version'), '/version');
    const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
    if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return api;
    throw new CodedError('SFTPGO_FAILED', {
      detail: `it is SFTPGo ${version}, and ${oldest.join('.')} or later is needed: set images.sftp in host.yaml`,
    });
  }

  /** Undefined where there is none of that name. */
  async find(kind: SftpgoKind, name: string): Promise<Record<string, unknown> | undefined> {
    const path = pathOf(kind, name);
    const answer = await this.#ask('GET', path, { allowed: [200, 404] });
    return answer.status === 404 ? undefined : parsed(objectSchema, answer, path);
  }

  /** @returns false where one of that name is there already */
  async add(kind: SftpgoKind, thing: object): Promise<boolean> {
    return (await this.#ask('POST', `/${kind}`, { body: thing, allowed: [201, 409] })).status === 201;
  }

  /** Replaces all of it. A user's password stays where `thing` has none. */
  async replace(kind: SftpgoKind, name: string, thing: object): Promise<void> {
    await this.#ask('PUT', pathOf(kind, name), { body: thing });
  }

  /** Done twice it changes nothing. */
  async remove(kind: SftpgoKind, name: string): Promise<void> {
    await this.#ask('DELETE', pathOf(kind, name), { allowed: [200, 404] });
  }

  /** Ends the sessions that a user has: what was believed before is not believed on. */
  async endSessions(user: string): Promise<void> {
    const answer = await this.#ask('GET', '/connections');
    const connections = z.array(z.object({ username: z.string(), connection_id: z.string() }).partial());
    for (const { username, connection_id: id } of connections.safeParse(answer.body).data ?? []) {
      if (username === user && id !== undefined)
        await this.#ask('DELETE', `/connections/${encodeURIComponent(id)}`, { allowed: [200, 404] });
    }
  }

  /** Has SFTPGo count what lies in a user's folder: it knows by itself only of what came through it. */
  async countFiles(user: string): Promise<void> {
    // 409: it counts already.
    const path = `/quotas/users/${encodeURIComponent(user)}/scan`;
    await this.#ask('POST', path, { allowed: [202, 409] });
  }

  /** Whether a user signs in with this password: a real sign-in, over the REST API. */
  async accepts(user: string, password: string): Promise<boolean> {
    const request = { method: 'GET', path: '/user/token', timeoutMs: this.#timeoutMs };
    const answer = await askSftpgo(this.#url, { ...request, authorization: basic(user, password) });
    if (answer.status === 200) return true;
    if (answer.status === 401) return false;
    throw unexpected(request, answer);
  }

  async #ask(
    method: string,
    path: string,
    { body, allowed = [200] }: { body?: object; allowed?: readonly number[] } = {},
  ): Promise<SftpgoAnswer> {
    const content = body === undefined ? {} : { body };
    const request: SftpgoRequest = { method, path, timeoutMs: this.#timeoutMs, ...content };
    // Tokens live for minutes; a run over many tenants takes longer.
    const isFresh = this.#token === undefined;
    this.#token ??= await this.#newToken();
    let answer = await askSftpgo(this.#url, { ...request, authorization: `Bearer ${this.#token}` });
    if (answer.status === 401 && !isFresh) {
      this.#token = await this.#newToken();
      answer = await askSftpgo(this.#url, { ...request, authorization: `Bearer ${this.#token}` });
    }
    if (allowed.includes(answer.status)) return answer;
    throw unexpected(request, answer);
  }

  async #newToken(): Promise<string> {
    const request = { method: 'GET', path: '/token', timeoutMs: this.#timeoutMs };
    const answer = await askSftpgo(this.#url, {
      ...request,
      authorization: basic(sftpAdmin, this.#password),
    });
    if (answer.status !== 200) throw unexpected(request, answer);
    return parsed(tokenSchema, answer, '/token').access_token;
  }
}

function pathOf(kind: SftpgoKind, name: string): string {
  return `/${kind}/${encodeURIComponent(name)}`;
}

function parsed<T>(schema: z.ZodType<T>, { body }: SftpgoAnswer, path: string): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new CodedError('SFTPGO_FAILED', { detail: `${path}: what answers is not SFTPGo` });
}
