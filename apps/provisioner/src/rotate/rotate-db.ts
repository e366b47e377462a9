import { scramVerifier } from '#libs/config';
import { CodedError } from '#libs/errors';
import { tenantDatabase } from '#libs/stack';
import { restartServices } from '../docker/restart-services.js';
import { sqlLiteral, TenantDatabase } from '../docker/tenant-database.js';
import { randomSecret } from '../secrets/generate-secrets.js';
import type { PreparedRotation, Rotation, RotationSubject } from './rotation.js';
import { writeSecrets } from './write-secrets.js';

const roles = {
  DATABASE_PASSWORD: tenantDatabase.user,
  GRAFANA_DATABASE_PASSWORD: 'grafana_reader',
} as const;
type PasswordName = keyof typeof roles;
const names = Object.keys(roles) as PasswordName[];

/** A role that lives for moments: with it a new password is tried before an old one goes. */
const probe = 'wattfleet_probe';

/**
 * The passwords of the database's owner, with which the portal connects, and of the role that Grafana reads with.
 *
 * The server gets verifiers, never passwords. The new files are written first, which changes nothing that runs; then
 * both roles change in one transaction, and portal and Grafana start with the new files. Whoever of them still has
 * connections works on through these until then.
 */
export const rotateDb: Rotation = {
  name: 'db',

  async prepare({ context, tenant, run }) {
    const found = await databaseOf({ context, run }).run(
      `SELECT rolname, coalesce(rolpassword, '') FROM pg_authid WHERE rolname IN (${names.map((name) => sqlLiteral(roles[name])).join(', ')});`,
    );
    const facts = Object.fromEntries(found.map(([role = '', verifier = '']) => [role, verifier]));
    const missing = names.map((name) => roles[name]).filter((role) => facts[role] === undefined);
    if (missing.length > 0)
      throw new CodedError('TENANT_STOPPED', {
        detail: `the portal has not made the role ${missing.join()} yet`,
      });
    return {
      next: Object.fromEntries(names.map((name) => [name, randomSecret()])),
      previous: Object.fromEntries(names.map((name) => [name, tenant.secrets[name] ?? null])),
      facts,
    };
  },

  async apply(subject, { next }) {
    const { config, docker } = subject.context;
    const { slug } = subject.run;
    const verifiers = new Map<PasswordName, string>();
    for (const name of names) verifiers.set(name, await scramVerifier(next[name] ?? ''));
    await tryVerifier(subject, next.DATABASE_PASSWORD ?? '', verifiers.get('DATABASE_PASSWORD') ?? '');
    await writeSecrets(config, slug, next);
    await setVerifiers(subject, new Map([...verifiers].map(([name, verifier]) => [roles[name], verifier])));
    await refuseUnless(subject, next, true);
    await restartServices(docker, subject.tenant.folder, ['portal', 'grafana'], subject.options.waitSeconds);
  },

  async verify(subject, { next, previous }) {
    await refuseUnless(subject, next, true);
    await refuseUnless(subject, previous, false);
  },

  async commit() {},

  async undo(subject, { previous, facts }) {
    await writeSecrets(subject.context.config, subject.run.slug, previous);
    await setVerifiers(subject, new Map(Object.entries(facts)));
    const { waitSeconds } = subject.options;
    await restartServices(subject.context.docker, subject.tenant.folder, ['portal', 'grafana'], waitSeconds);
  },
};

/** Connects with the new password as a role made for it: that it works is known before the old one goes. */
async function tryVerifier(subject: RotationSubject, password: string, verifier: string): Promise<void> {
  const database = databaseOf(subject);
  const remove = `DROP ROLE IF EXISTS ${probe};`;
  await database.run(`${silent}${remove} CREATE ROLE ${probe} LOGIN PASSWORD ${sqlLiteral(verifier)};`);
  try {
    if (!(await database.accepts(probe, password)))
      throw new CodedError('INTERNAL', {
        detail: 'the server does not take the verifier of the new password',
      });
  } finally {
    await database.run(remove);
  }
}

/** All roles or none. @param verifiers by role; an empty one for a role that had no password */
async function setVerifiers(subject: RotationSubject, verifiers: Map<string, string>): Promise<void> {
  const statements = [...verifiers].map(
    ([role, verifier]) => `ALTER ROLE ${role} PASSWORD ${verifier === '' ? 'NULL' : sqlLiteral(verifier)};`,
  );
  await databaseOf(subject).run(`${silent}BEGIN; ${statements.join(' ')} COMMIT;`);
}

/** Not even verifiers belong into the server's log, whatever `log_statement` says. */
const silent = `SET log_statement = 'none'; SET log_min_error_statement = 'panic'; SET log_min_duration_statement = -1;\n`;

/** @param works whether the server must take these passwords, or refuse them */
async function refuseUnless(
  subject: RotationSubject,
  passwords: PreparedRotation['next'],
  works: boolean,
): Promise<void> {
  for (const name of names) {
    const password = passwords[name];
    if (!password || (await databaseOf(subject).accepts(roles[name], password)) === works) continue;
    const which = works ? 'refuses the new' : 'still takes the old';
    throw new CodedError('ROTATION_REFUSED', { detail: `the database ${which} password of ${roles[name]}` });
  }
}

function databaseOf({ context, run }: Pick<RotationSubject, 'context' | 'run'>): TenantDatabase {
  return new TenantDatabase(context.docker, run.slug);
}
