import type { AuditAction } from '#libs/contracts';

/** What every action is called. */
export const auditActions: Record<AuditAction, string> = {
  'session.signed-in': 'Signed in',
  'session.signed-out': 'Signed out',
  'session.revoked': 'Session ended',
  'customer.registered': 'Customer registered',
  'customer.edited': 'Customer edited',
  'customer.disabled': 'Customer disabled',
  'customer.enabled': 'Customer enabled',
  'customer.deleted': 'Customer deleted',
  'token.added': 'Token added',
  'token.rotated': 'Token rotated',
  'token.revoked': 'Token revoked',
  'alert-rule.edited': 'Alert rule edited',
  'alert-destination.added': 'Destination added',
  'alert-destination.edited': 'Destination edited',
  'alert-destination.removed': 'Destination removed',
  'alert-destination.tested': 'Destination tested',
  'alert.acknowledged': 'Alert acknowledged',
  'account.added': 'Operator added',
  'account.edited': 'Operator edited',
  'account.removed': 'Operator removed',
  'account.password-reset': 'Password set',
};

/** An action as an address names it; undefined when there is none of that name. */
export function readAction(text: string | null): AuditAction | undefined {
  return text !== null && Object.hasOwn(auditActions, text) ? (text as AuditAction) : undefined;
}
