import type {
  AddUserBody,
  ChangePasswordBody,
  CurrentSession,
  EditUserBody,
  OwnSession,
  PortalAuditEvent,
  UserAccount,
  UserRole,
  UserWithPassword,
} from '#libs/contracts';
import { ago, uuid } from './admin-data.js';
import { FakeProblem, type FakeApi } from './page-server.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Given to whoever is added or gets a new password. */
export const givenPassword = 'kT4m-9wXq-Rb7c-Hn3e';

export function portalUsers(): UserAccount[] {
  const user = (index: number, email: string, role: UserRole, change: Partial<UserAccount> = {}) => ({
    id: uuid(index),
    email,
    role,
    createdAt: ago(100 * day),
    lastSignedInAt: ago(hour),
    disabledAt: null,
    mustChangePassword: false,
    ...change,
  });
  return [
    user(2, 'anne.dupont@acme.example', 'editor', { lastSignedInAt: ago(3 * day) }),
    user(3, 'former.colleague@acme.example', 'viewer', { disabledAt: ago(30 * day) }),
    user(4, 'new.colleague@acme.example', 'viewer', { mustChangePassword: true, lastSignedInAt: null }),
    user(1, 'ops@wattfleet.example', 'admin'),
  ];
}

const chromeOnWindows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const safariOnIphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1';

export function portalSessions(): OwnSession[] {
  const session = (index: number, userAgent: string, address: string, current = false) => ({
    id: uuid(600 + index),
    current,
    address,
    userAgent,
    startedAt: ago(index * day),
    lastSeenAt: ago(index * hour),
    endsAt: ago(-(7 - index) * day),
  });
  return [
    session(0, chromeOnWindows, '203.0.113.7', true),
    session(1, safariOnIphone, '2001:db8:85a3::8a2e:370:7334'),
    session(2, 'curl/8.5.0', '198.51.100.9'),
  ];
}

const auditEvents: PortalAuditEvent[] = [
  {
    id: 3,
    at: ago(minute),
    account: 'ops@wattfleet.example',
    action: 'account.added',
    subject: 'new.colleague@acme.example',
    summary: 'Added new.colleague@acme.example as viewer',
    requestId: '0c8f6a1e-req-4f',
  },
  {
    id: 2,
    at: ago(hour),
    account: 'anne.dupont@acme.example',
    action: 'site.edited',
    subject: 'site north',
    summary: 'Renamed "North" to "North plant"',
    requestId: null,
  },
];

/** Users, one's own sessions and password, and the audit log of a portal; changes stay in the given lists. */
export function accountsApi(users: UserAccount[], sessions: OwnSession[]): FakeApi {
  return ({ method, path, query, body }) => {
    const [, id, rest = ''] = /^\/api\/users\/([^/]+)(\/.*)?$/.exec(path) ?? [];
    if (id !== undefined) return changeUser(users, id, `${method} ${rest}`, body);
    const [, session] = /^\/api\/sessions\/([^/]+)$/.exec(path) ?? [];
    if (session !== undefined) return keep(sessions, (one) => one.id !== session);
    switch (`${method} ${path}`) {
      case 'GET /api/users':
        return { users };
      case 'POST /api/users':
        return addUser(users, body as AddUserBody);
      case 'GET /api/sessions':
        return { sessions };
      case 'DELETE /api/sessions':
        return keep(sessions, ({ current }) => current);
      case 'PUT /api/session/password':
        return changePassword(body as ChangePasswordBody);
      case 'GET /api/audit':
        return { events: auditEvents.filter(({ action }) => hits(query, action)), nextBefore: null };
      default:
        return undefined;
    }
  };
}

/** Somebody whose password is a temporary one until it is changed. */
export function newcomerApi(): FakeApi {
  const session: CurrentSession = {
    account: {
      id: '018f0000-0000-7000-8000-000000000001',
      email: 'new.colleague@acme.example',
      role: 'viewer',
      mustChangePassword: true,
    },
    applicationName: 'Acme Power Monitoring',
  };
  const changing = accountsApi([], []);
  return (request) => {
    if (request.method === 'GET' && request.path === '/api/session') return session;
    if (request.method === 'GET' && request.path === '/api/sites') return { sites: [] };
    const answer = changing(request);
    if (request.method === 'PUT' && answer !== undefined) session.account.mustChangePassword = false;
    return answer;
  };
}

function hits(query: URLSearchParams, action: string): boolean {
  return [null, action].includes(query.get('action'));
}

function addUser(users: UserAccount[], { email, role }: AddUserBody): UserWithPassword {
  if (users.some((user) => user.email === email)) {
    throw new FakeProblem({ status: 409, code: 'ACCOUNT_EXISTS', title: 'There is such an account' });
  }
  const user: UserAccount = {
    id: uuid(700 + users.length),
    email,
    role,
    createdAt: ago(0),
    lastSignedInAt: null,
    disabledAt: null,
    mustChangePassword: true,
  };
  users.push(user);
  return { user, temporaryPassword: givenPassword };
}

function changeUser(users: UserAccount[], id: string, request: string, body: unknown): unknown {
  const user = users.find((one) => one.id === id);
  if (user === undefined) return undefined;
  switch (request) {
    case 'PATCH ':
      return Object.assign(user, body as EditUserBody);
    case 'POST /disable':
      return Object.assign(user, { disabledAt: ago(0) });
    case 'POST /enable':
      return Object.assign(user, { disabledAt: null });
    case 'POST /temporary-password':
      return { user: Object.assign(user, { mustChangePassword: true }), temporaryPassword: givenPassword };
    case 'DELETE ':
      return keep(users, (one) => one.id !== id);
    default:
      return undefined;
  }
}

function changePassword({ current, password }: ChangePasswordBody): object {
  if (current !== givenPassword) {
    const errors = [{ path: 'current', message: 'is not your present password' }];
    throw new FakeProblem({
      status: 422,
      code: 'PASSWORD_WRONG',
      title: 'The present password is wrong',
      errors,
    });
  }
  if (password.startsWith('password')) {
    const errors = [{ path: 'password', message: 'is made of words that guessers try first' }];
    throw new FakeProblem({ status: 422, code: 'PASSWORD_COMMON', title: 'The password is common', errors });
  }
  return {};
}

/** Keeps in the list what passes. */
function keep<T>(list: T[], passes: (one: T) => boolean): object {
  list.splice(0, list.length, ...list.filter(passes));
  return {};
}
