import type { EntityManager } from 'typeorm';
import { CodedError } from '#libs/errors';
import { selectAccountId, updatePassword } from './accounts.queries.js';
import { deleteSessionsOf } from './sessions.queries.js';

/**
 * Sets the password of the account with this e-mail and ends its sessions: for commands, which run beside the app.
 * @throws CodedError NOT_FOUND
 */
export async function setPassword(
  manager: EntityManager,
  email: string,
  password: { hash: string; mustChange: boolean },
): Promise<void> {
  const id = await selectAccountId(manager, email);
  if (id === undefined) throw new CodedError('NOT_FOUND', { detail: `no account ${email}` });
  await updatePassword(manager, id, password);
  await deleteSessionsOf(manager, id, null);
}
