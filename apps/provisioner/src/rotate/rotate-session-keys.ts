import { CodedError } from '#libs/errors';
import { askPortal } from '../checks/ask-portal.js';
import { restartServices } from '../docker/restart-services.js';
import { serviceContainer } from '../docker/service-container.js';
import { randomSecret } from '../secrets/generate-secrets.js';
import type { PreparedRotation, Rotation, RotationSubject } from './rotation.js';
import { writeSecrets } from './write-secrets.js';

/**
 * The key that signs the cookies of sessions. The one before stays believed until the next rotation, so that nobody is
 * signed out; with `--revoke` it is given up at once, and everybody signs in anew.
 */
export const rotateSessionKeys: Rotation = {
  name: 'session-keys',

  async prepare({ context, run, tenant, options }) {
    await serviceContainer(context.docker, run.slug, 'portal');
    const { SESSION_SECRET: key = null, SESSION_SECRET_PREVIOUS: before = null } = tenant.secrets;
    return {
      next: { SESSION_SECRET: randomSecret(), SESSION_SECRET_PREVIOUS: options.revoke ? null : key },
      previous: { SESSION_SECRET: key, SESSION_SECRET_PREVIOUS: before },
      facts: {},
    };
  },

  apply: (subject, { next }) => putIntoService(subject, next),

  async verify({ context, run }) {
    const container = await serviceContainer(context.docker, run.slug, 'portal');
    const { status } = await askPortal(context.docker, container, '/health/ready');
    if (status !== 200)
      throw new CodedError('ROTATION_REFUSED', { detail: `/health/ready answers ${status}` });
  },

  async commit() {},

  undo: (subject, { previous }) => putIntoService(subject, previous),
};

async function putIntoService(
  { context, run, tenant, options }: RotationSubject,
  keys: PreparedRotation['next'],
): Promise<void> {
  await writeSecrets(context.config, run.slug, keys);
  await restartServices(context.docker, tenant.folder, ['portal'], options.waitSeconds);
}
