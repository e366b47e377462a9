import { CodedError } from '#libs/errors';
import { tenantPorts } from '#libs/stack';
import { askFromPortal } from '../checks/ask-portal.js';
import { serviceContainer } from '../docker/service-container.js';
import { randomSecret } from '../secrets/generate-secrets.js';
import type { Rotation, RotationSubject } from './rotation.js';
import { writeSecrets } from './write-secrets.js';

/** Reads the new password from standard input. */
const reset = ['grafana', 'cli', 'admin', 'reset-admin-password', '--password-from-stdin'];

/**
 * The password of Grafana's own administrator. Grafana reads `GF_SECURITY_ADMIN_PASSWORD` on its very first start
 * only; afterwards its command line is the way, and needs no restart.
 */
export const rotateGrafana: Rotation = {
  name: 'grafana',

  async prepare({ context, run, tenant }) {
    await serviceContainer(context.docker, run.slug, 'grafana');
    const previous = tenant.secrets.GRAFANA_ADMIN_PASSWORD ?? null;
    return {
      next: { GRAFANA_ADMIN_PASSWORD: randomSecret() },
      previous: { GRAFANA_ADMIN_PASSWORD: previous },
      facts: {},
    };
  },

  async apply(subject, { next }) {
    await setPassword(subject, next.GRAFANA_ADMIN_PASSWORD);
    await writeSecrets(subject.context.config, subject.run.slug, next);
  },

  async verify(subject, { next, previous }) {
    await refuseUnless(subject, next.GRAFANA_ADMIN_PASSWORD, true);
    await refuseUnless(subject, previous.GRAFANA_ADMIN_PASSWORD, false);
  },

  async commit() {},

  async undo(subject, { previous }) {
    await setPassword(subject, previous.GRAFANA_ADMIN_PASSWORD);
    await writeSecrets(subject.context.config, subject.run.slug, previous);
  },
};

async function setPassword({ context, run }: RotationSubject, password?: string | null): Promise<void> {
  const container = await serviceContainer(context.docker, run.slug, 'grafana');
  const input = `${password ?? ''}\n`;
  await context.docker.run(['exec', '--interactive', container, ...reset], { input, timeoutSeconds: 120 });
}

/** Asks Grafana's API as its administrator, past Traefik, which lets nobody through with a password. */
async function refuseUnless(
  { context, run }: RotationSubject,
  password: string | null | undefined,
  works: boolean,
): Promise<void> {
  const container = await serviceContainer(context.docker, run.slug, 'portal');
  const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
  const url = `http://grafana:${tenantPorts.grafana}/grafana/api/user`;
  const { status } = await askFromPortal(context.docker, container, url, { authorization });
  if (works ? status === 200 : status === 401) return;
  const which = works ? 'new' : 'old';
  throw new CodedError('ROTATION_REFUSED', {
    detail: `Grafana answers ${status} to the ${which} password of its admin`,
  });
}
