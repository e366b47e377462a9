import { CodedError } from '#libs/errors';
import { restartServices } from '../docker/restart-services.js';
import { serviceContainer } from '../docker/service-container.js';
import { readHost } from '../hosts/host.js';
import { randomSecret } from '../secrets/generate-secrets.js';
import { openSftp } from '../sftp/sftp-host.js';
import { ensureUser } from '../sftp/tenant-user.js';
import { ensureHook } from '../sftp/upload-hook.js';
import type { Rotation, RotationSubject, SecretChange } from './rotation.js';
import { writeSecrets } from './write-secrets.js';

/**
 * The password of the tenant's user on the host's SFTP server, and the secret with which the server tells the portal of
 * what has come. Programs of the customer that sign in with the password need the new one; those with a key go on.
 */
export const rotateSftp: Rotation = {
  name: 'sftp',

  async prepare(subject) {
    const { context, run, tenant } = subject;
    if (!tenant.spec.sftp.enabled) return { notApplicable: 'it has no user on the SFTP server' };
    // What cannot be carried out is told before anything is changed.
    await Promise.all([apiOf(subject), serviceContainer(context.docker, run.slug, 'portal')]);
    const { SFTP_PASSWORD = null, IMPORT_HOOK_SECRET = null } = tenant.secrets;
    return {
      next: { SFTP_PASSWORD: randomSecret(), IMPORT_HOOK_SECRET: randomSecret() },
      previous: { SFTP_PASSWORD, IMPORT_HOOK_SECRET },
      facts: {},
    };
  },

  apply: (subject, { next }) => putIntoService(subject, next),

  async verify(subject, { next, previous }) {
    await refuseUnless(subject, next.SFTP_PASSWORD, true);
    await refuseUnless(subject, previous.SFTP_PASSWORD, false);
  },

  // Whoever signed in with the old password is out, too.
  async commit(subject) {
    await (await apiOf(subject)).endSessions(subject.run.slug);
  },

  undo: (subject, { previous }) => putIntoService(subject, previous),
};

/** The files first, which changes nothing that runs; then the server; then the portal starts with them. */
async function putIntoService(subject: RotationSubject, secrets: SecretChange): Promise<void> {
  const { context, run, tenant, options } = subject;
  const api = await apiOf(subject);
  await writeSecrets(context.config, run.slug, secrets);
  await ensureUser(api, tenant.spec, secrets.SFTP_PASSWORD ?? '');
  await ensureHook(api, tenant.spec.code, secrets.IMPORT_HOOK_SECRET ?? '');
  await restartServices(context.docker, tenant.folder, ['portal'], options.waitSeconds);
}

/** Signs in as the user, over SFTPGo's API: by the same check of the password as over SSH. */
async function refuseUnless(
  subject: RotationSubject,
  password: string | null | undefined,
  works: boolean,
): Promise<void> {
  if (!password || (await (await apiOf(subject)).accepts(subject.run.slug, password)) === works) return;
  const which = works ? 'refuses the new' : 'still takes the old';
  throw new CodedError('ROTATION_REFUSED', {
    detail: `the SFTP server ${which} password of ${subject.run.slug}`,
  });
}

async function apiOf({ context }: RotationSubject) {
  return openSftp(context.config, await readHost(context.config.root));
}
