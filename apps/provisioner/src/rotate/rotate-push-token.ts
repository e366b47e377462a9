import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '#libs/errors';
import type { AdminApi } from '../fleet/admin-api.js';
import { restartServices } from '../docker/restart-services.js';
import { TenantDatabase } from '../docker/tenant-database.js';
import type { Rotation, RotationSubject, SecretChange } from './rotation.js';
import { writeSecrets } from './write-secrets.js';

const pollMs = 2_000;
/** Marks at Admin what this program has made. */
const tokenName = 'rotated by wattfleet';

/**
 * The token with which the portal pushes to Admin. Both are valid until Admin has seen the new one: there is no gap.
 * The new one is added beside the old, not rotated in its place: what Admin ends by itself after a time could not be
 * taken back when the new one does not work.
 */
export const rotatePushToken: Rotation = {
  name: 'push-token',

  async prepare(subject) {
    const { tenant } = subject;
    const old = tenant.secrets.FLEET_INGEST_TOKEN;
    if (!tenant.spec.fleet.enabled || old === undefined)
      return { notApplicable: 'it does not push to Admin' };
    const admin = adminOf(subject);
    const { code } = tenant.spec;
    await revokeLeftovers(admin, code, old);
    const { token, id } = await admin.addToken(code, tokenName);
    const previousId = (await admin.tokens(code)).find(
      (one) => one.status !== 'revoked' && old.startsWith(one.prefix) && one.id !== id,
    )?.id;
    return {
      next: { FLEET_INGEST_TOKEN: token },
      previous: { FLEET_INGEST_TOKEN: old },
      facts: { id, ...(previousId !== undefined && { previousId }) },
    };
  },

  async apply(subject, { next }) {
    await putIntoService(subject, next);
  },

  async verify(subject, { facts }) {
    const admin = adminOf(subject);
    const { waitSeconds } = subject.options;
    const deadline = Date.now() + waitSeconds * 1_000;
    while (
      !(await admin.tokens(subject.tenant.spec.code)).some(
        ({ id, lastUsedAt }) => id === facts['id'] && lastUsedAt !== null,
      )
    ) {
      if (Date.now() > deadline) {
        const detail = `Admin has not seen the new token within ${waitSeconds} s`;
        throw new CodedError('ROTATION_REFUSED', { detail });
      }
      await sleep(pollMs);
    }
  },

  async commit(subject, { facts }) {
    const { previousId } = facts;
    if (previousId !== undefined) await adminOf(subject).revokeToken(subject.tenant.spec.code, previousId);
  },

  async undo(subject, { previous, facts }) {
    await putIntoService(subject, previous);
    await adminOf(subject).revokeToken(subject.tenant.spec.code, facts['id'] ?? '');
  },
};

/** The portal starts with the token, and asks Admin at once instead of waiting for its turn. */
async function putIntoService(
  { context, run, tenant, options }: RotationSubject,
  token: SecretChange,
): Promise<void> {
  const { config, docker } = context;
  await writeSecrets(config, run.slug, token);
  await new TenantDatabase(docker, run.slug).run(
    'UPDATE monitoring.fleet_push_state SET retry_at = NULL, last_contact_at = NULL;',
  );
  await restartServices(docker, tenant.folder, ['portal'], options.waitSeconds);
}

/** A run that was killed before it could write its token down has left one that nobody knows. */
async function revokeLeftovers(admin: AdminApi, code: string, inUse: string): Promise<void> {
  for (const { id, name, status, prefix, lastUsedAt } of await admin.tokens(code)) {
    const isLeft = name === tokenName && status !== 'revoked' && lastUsedAt === null;
    if (isLeft && !inUse.startsWith(prefix)) await admin.revokeToken(code, id);
  }
}

function adminOf({ options }: RotationSubject): AdminApi {
  if (options.admin !== undefined) return options.admin;
  const message = 'is needed to rotate a push token, with --admin-email and --admin-password-file';
  throw new CodedError('USAGE', { problems: [{ path: '--admin-url', message }] });
}
