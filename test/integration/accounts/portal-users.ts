import { randomUUID } from 'node:crypto';
import type { UserRole, UserWithPassword } from '#libs/contracts';
import { ApiClient, type Answer } from '../api-client.js';
import type { RunningApp } from '../running-app.js';

/** What users of the tests change their temporary password to. */
export const ownPassword = 'Plinth-gravel-0tter';

/** Sends JSON with any method. */
export function sendJson<T>(
  client: ApiClient,
  method: string,
  address: string,
  body: unknown,
): Promise<Answer<T>> {
  return client.send<T>(method, address, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Adds a user; the answer holds the temporary password. */
export async function addUser(
  admin: ApiClient,
  role: UserRole,
  email = `${randomUUID()}@wattfleet.example`,
): Promise<UserWithPassword> {
  const { status, body } = await admin.post<UserWithPassword>('/api/users', { email, role });
  if (status !== 201) throw new Error(`adding a user answered ${status}`);
  return body;
}

/** A user of the role, signed in, with a password of their own. */
export async function userOf(
  portal: RunningApp,
  admin: ApiClient,
  role: UserRole,
  email?: string,
): Promise<{ id: string; email: string; client: ApiClient }> {
  const { user, temporaryPassword } = await addUser(admin, role, email);
  const client = new ApiClient(portal.url);
  await client.signIn({ email: user.email, password: temporaryPassword });
  const change = { current: temporaryPassword, password: ownPassword };
  const { status } = await sendJson(client, 'PUT', '/api/session/password', change);
  if (status !== 204) throw new Error(`changing the password answered ${status}`);
  return { id: user.id, email: user.email, client };
}
