import type { AddApiTokenBody, AddedApiToken, ApiToken } from '#libs/contracts';
import { ago, uuid } from './admin-data.js';
import type { FakeApi } from './page-server.js';

const day = 86_400_000;
const base = { createdBy: 'ops@wattfleet.example', expiresAt: null, revokedAt: null, lastUsedAt: null };

export const apiTokens: ApiToken[] = [
  {
    ...base,
    id: uuid(701),
    name: 'Building management of the north wing',
    scopes: ['measurements:read', 'measurements:write'],
    prefix: 'wfp_4kZa',
    status: 'valid',
    createdAt: ago(2 * day),
    lastUsedAt: ago(90_000),
    expiresAt: ago(-363 * day),
  },
  {
    ...base,
    id: uuid(702),
    name: 'Spreadsheet',
    scopes: ['measurements:read'],
    prefix: 'wfp_9Qpe',
    status: 'revoked',
    createdAt: ago(40 * day),
    revokedAt: ago(3 * day),
  },
];

/** The portal's API of its API tokens; `tokens` is changed by what is added and revoked. */
export function apiTokensApi(tokens: ApiToken[]): FakeApi {
  return ({ method, path, body }) => {
    if (path === '/api/api-tokens' && method === 'GET') return { tokens };
    if (path === '/api/api-tokens' && method === 'POST') return add(tokens, body as AddApiTokenBody);
    const token = tokens.find(({ id }) => path === `/api/api-tokens/${id}`);
    if (token === undefined || method !== 'DELETE') return undefined;
    Object.assign(token, { status: 'revoked', revokedAt: ago(0) });
    return null;
  };
}

function add(tokens: ApiToken[], { name, scopes, expiresInDays }: AddApiTokenBody): AddedApiToken {
  const token: ApiToken = {
    ...base,
    id: uuid(710 + tokens.length),
    name,
    scopes,
    prefix: 'wfp_7bTx',
    status: 'valid',
    createdAt: ago(0),
    expiresAt: expiresInDays === null ? null : ago(-expiresInDays * day),
  };
  tokens.unshift(token);
  return { token, secret: `wfp_7bTx${'0123456789'.repeat(3)}ABCDEFGHI_0a1b2c3d` };
}
