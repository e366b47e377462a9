/** Who may use a route of the portal. */
export type Access =
  /** Everybody, without a session. */
  | 'open'
  /** Whoever is signed in, also with a temporary password. */
  | 'own'
  /** Viewers, editors and admins. */
  | 'viewer'
  /** Editors and admins. */
  | 'editor'
  | 'admin';

/**
 * The rule of every route of the portal. A route that is missing here fails the tests: whoever adds one says here who
 * may use it, and the tests try everybody else.
 */
export const portalAccess: Readonly<Record<string, Access>> = {
  'GET /*': 'open',
  'GET /health': 'open',
  'GET /health/ready': 'open',
  'GET /metrics': 'open',
  'GET /api/application': 'open',
  'GET /api/auth/check': 'open',
  'POST /api/session': 'open',

  'GET /api/session': 'own',
  'DELETE /api/session': 'own',
  'PUT /api/session/password': 'own',

  'GET /api/sessions': 'viewer',
  'DELETE /api/sessions': 'viewer',
  'DELETE /api/sessions/:id': 'viewer',

  'GET /api/users': 'admin',
  'POST /api/users': 'admin',
  'PATCH /api/users/:id': 'admin',
  'POST /api/users/:id/disable': 'admin',
  'POST /api/users/:id/enable': 'admin',
  'POST /api/users/:id/temporary-password': 'admin',
  'DELETE /api/users/:id': 'admin',
  'GET /api/audit': 'admin',
  'GET /api/audit/export.csv': 'admin',

  'GET /api/sites': 'viewer',
  'GET /api/sites/:id': 'viewer',
  'PATCH /api/sites/:id': 'editor',
  'DELETE /api/sites/:id': 'editor',
  'DELETE /api/devices/:id': 'editor',
  'PATCH /api/channels/:id': 'editor',
  'DELETE /api/channels/:id': 'editor',
  'GET /api/measurements': 'viewer',

  'POST /api/imports/runs': 'editor',
  'GET /api/imports/runs': 'viewer',
  'GET /api/imports/files': 'viewer',
  'GET /api/imports/files/:id': 'viewer',
  'GET /api/imports/totals': 'viewer',

  'GET /api/fleet-push/status': 'viewer',
  'POST /api/fleet-push/retry': 'admin',
  'POST /api/fleet-push/reconcile': 'admin',
  'GET /api/fleet-push/quarantine': 'viewer',
  'POST /api/fleet-push/quarantine/:id/release': 'admin',
  'DELETE /api/fleet-push/quarantine/:id': 'admin',
};
