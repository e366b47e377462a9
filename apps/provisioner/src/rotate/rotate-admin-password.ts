import { CodedError } from '#libs/errors';
import { tenantPorts } from '#libs/stack';
import { askFromPortal } from '../checks/ask-portal.js';
import { serviceContainer } from '../docker/service-container.js';
import { sqlLiteral, TenantDatabase } from '../docker/tenant-database.js';
import { randomSecret } from '../secrets/generate-secrets.js';
import type { Rotation, RotationSubject } from './rotation.js';
import { writeSecrets } from './write-secrets.js';

const program = ['node', 'dist/apps/portal/src/main.js', 'set-password'];

/**
 * A temporary password for an account of the portal, whose sessions end. That of the first administrator is kept in
 * `.env` as well, where people look for it.
 */
export const rotateAdminPassword: Rotation = {
  name: 'admin-password',

  async prepare(subject) {
    const { context, run, tenant } = subject;
    const email = emailOf(subject);
    const statement = `SELECT password_hash, must_change_password FROM monitoring.account WHERE email = ${sqlLiteral(email)};`;
    const [row] = await new TenantDatabase(context.docker, run.slug).run(statement);
    if (row?.[0] === undefined)
      throw new CodedError('ACCOUNT_NOT_FOUND', { detail: `${email} in ${run.slug}` });
    const password = randomSecret();
    const isFirst = email === tenant.spec.adminEmail.toLowerCase();
    return {
      next: isFirst ? { DEFAULT_ADMIN_PASSWORD: password } : {},
      previous: isFirst ? { DEFAULT_ADMIN_PASSWORD: tenant.secrets.DEFAULT_ADMIN_PASSWORD ?? null } : {},
      facts: { email, password, hash: row[0], mustChange: row[1] === 't' ? 'true' : 'false' },
    };
  },

  async apply(subject, { next, facts }) {
    const { docker, config } = subject.context;
    const { slug } = subject.run;
    const container = await serviceContainer(docker, slug, 'portal');
    const command = [
      'exec',
      '--interactive',
      container,
      ...program,
      '--email',
      facts['email'] ?? '',
      '--stdin',
    ];
    await docker.run(command, { input: `${facts['password']}\n`, timeoutSeconds: 120 });
    await writeSecrets(config, slug, next);
  },

  async verify(subject, { facts, previous }) {
    const { email = '', password = '' } = facts;
    await refuseUnless(subject, email, password, true);
    const old = previous.DEFAULT_ADMIN_PASSWORD;
    if (old) await refuseUnless(subject, email, old, false);
  },

  async commit({ options, run }, { facts }) {
    const { email = '', password = '' } = facts;
    await options.onPassword({ tenant: run.slug, email, password });
  },

  async undo({ context, run }, { previous, facts }) {
    const { email = '', hash = '', mustChange = 'false' } = facts;
    await new TenantDatabase(context.docker, run.slug).run(
      `UPDATE monitoring.account SET password_hash = ${sqlLiteral(hash)}, must_change_password = ${mustChange}
       WHERE email = ${sqlLiteral(email)};`,
    );
    await writeSecrets(context.config, run.slug, previous);
  },
};

function emailOf({ options, tenant }: RotationSubject): string {
  return options.email ?? tenant.spec.adminEmail.toLowerCase();
}

/** Signs in as a browser would, from inside; the session is ended again. */
async function refuseUnless(
  { context, run, tenant }: RotationSubject,
  email: string,
  password: string,
  works: boolean,
): Promise<void> {
  const container = await serviceContainer(context.docker, run.slug, 'portal');
  const url = `http://127.0.0.1:${tenantPorts.portal}/api/session`;
  const headers = {
    'content-type': 'application/json',
    origin: `https://${tenant.spec.host}`,
    'x-forwarded-proto': 'https',
  };
  const body = JSON.stringify({ email, password });
  const { status } = await askFromPortal(context.docker, container, url, headers, { method: 'POST', body });
  if (works ? status === 200 : status === 401) return;
  const which = works ? 'new' : 'old';
  throw new CodedError('ROTATION_REFUSED', {
    detail: `the portal answers ${status} to the ${which} password of ${email}`,
  });
}
