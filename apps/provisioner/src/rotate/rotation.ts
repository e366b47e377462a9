import type { TenantSecretName } from '#libs/stack';
import type { Context } from '../commands/context.js';
import type { TenantRun } from '../rollout/run-tenants.js';
import type { Tenant } from '../tenants/tenant.js';
import type { AdminApi } from '../fleet/admin-api.js';

export const rotationNames = [
  'db',
  'grafana',
  'admin-password',
  'push-token',
  'session-keys',
  'sftp',
] as const;
export type RotationName = (typeof rotationNames)[number];

/** What the command line says of a rotation. */
export interface RotationOptions {
  waitSeconds: number;
  /** Account whose password is changed, in lower case; the tenant's first administrator unless given. */
  email?: string | undefined;
  /** The session key before this one is given up, too. */
  revoke: boolean;
  /** Signed in; where the command line names none, a push token cannot be rotated. */
  admin?: AdminApi | undefined;
  /** Gets a new password that is in nobody's hands yet. */
  onPassword: (given: GivenPassword) => Promise<void>;
}

/** A temporary password of an account of a tenant's portal. */
export interface GivenPassword {
  tenant: string;
  email: string;
  password: string;
}

/** What a rotation works on. */
export interface RotationSubject {
  context: Context;
  run: TenantRun;
  tenant: Tenant;
  options: RotationOptions;
}

/** Values of secrets by name; null for one that is not there. */
export type SecretChange = Partial<Record<TenantSecretName, string | null>>;

/** What is to be set and what it replaces. All that a later run needs to go on with it, or to undo it. */
export interface PreparedRotation {
  next: SecretChange;
  previous: SecretChange;
  /** What the rotation itself remembers. */
  facts: Record<string, string>;
}

/** A tenant to which a rotation does not apply, with the reason. */
interface NotApplicable {
  notApplicable: string;
}

/**
 * One kind of secret, replaced in service. Every method may be cut off and called again: it comes to the same.
 * `prepare` → `apply` → `verify` → `commit`, or `undo` when one of the two in the middle fails.
 */
export interface Rotation {
  name: RotationName;
  /** Makes the new values, and changes nothing that is in service. They are written down before `apply` begins. */
  prepare(subject: RotationSubject): Promise<PreparedRotation | NotApplicable>;
  /** Puts the new values into service. */
  apply(subject: RotationSubject, prepared: PreparedRotation): Promise<void>;
  /** @throws when the new values do not work, or the old ones still do */
  verify(subject: RotationSubject, prepared: PreparedRotation): Promise<void>;
  /** Makes worthless what is left of the old values. */
  commit(subject: RotationSubject, prepared: PreparedRotation): Promise<void>;
  /** Puts the old values back into service. */
  undo(subject: RotationSubject, prepared: PreparedRotation): Promise<void>;
}
