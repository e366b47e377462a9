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
  'GET /api/openapi.json': 'open',
  'GET /api/docs': 'open',
  'GET /api/branding': 'open',
  'GET /api/branding/logo': 'open',
  'GET /api/branding/favicon': 'open',
  'POST /api/session': 'open',
  // Opened by its own secret.
  'POST /api/imports/hooks/sftpgo': 'open',

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

  'PUT /api/branding': 'admin',
  'DELETE /api/branding': 'admin',
  'PUT /api/branding/logo': 'admin',
  'DELETE /api/branding/logo': 'admin',
  'PUT /api/branding/favicon': 'admin',
  'DELETE /api/branding/favicon': 'admin',

  'GET /api/api-tokens': 'admin',
  'POST /api/api-tokens': 'admin',
  'DELETE /api/api-tokens/:id': 'admin',

  'GET /api/dashboards': 'viewer',
  'GET /api/sites': 'viewer',
  'GET /api/sites/search': 'viewer',
  'GET /api/sites/:id': 'viewer',
  'GET /api/sites/:id/series': 'viewer',
  'GET /api/sites/:id/energy': 'viewer',
  'GET /api/sites/:id/deletion': 'viewer',
  'GET /api/devices/:id/deletion': 'viewer',
  'GET /api/channels/:id/deletion': 'viewer',
  'POST /api/sites': 'editor',
  'PATCH /api/sites/:id': 'editor',
  'POST /api/sites/:id/archive': 'editor',
  'POST /api/sites/:id/restore': 'editor',
  'DELETE /api/sites/:id': 'editor',
  'POST /api/sites/:id/devices': 'editor',
  'PATCH /api/devices/:id': 'editor',
  'DELETE /api/devices/:id': 'editor',
  'POST /api/devices/:id/channels': 'editor',
  'PATCH /api/channels/:id': 'editor',
  'DELETE /api/channels/:id': 'editor',
  'GET /api/settings/import-policy': 'viewer',
  'PUT /api/settings/import-policy': 'admin',

  'GET /api/measurements': 'viewer',
  'GET /api/measurements/channels': 'viewer',
  'POST /api/measurements': 'editor',

  'GET /api/municipalities': 'viewer',
  'POST /api/municipalities': 'editor',
  'PATCH /api/municipalities/:id': 'editor',
  'DELETE /api/municipalities/:id': 'editor',
  'POST /api/municipalities/:id/tariffs': 'editor',
  'GET /api/tariffs/examples': 'viewer',
  'GET /api/tariffs/:id': 'viewer',
  'PATCH /api/tariffs/:id': 'editor',
  'DELETE /api/tariffs/:id': 'editor',
  'POST /api/tariffs/:tariffId/versions': 'editor',
  'PUT /api/tariffs/:tariffId/versions/:id': 'editor',
  'DELETE /api/tariffs/:tariffId/versions/:id': 'editor',
  'POST /api/tariffs/sample-day': 'viewer',
  'GET /api/sites/:id/tariff': 'viewer',
  'PUT /api/sites/:id/tariff': 'editor',
  'GET /api/sites/:id/cost': 'viewer',
  'GET /api/sites/:id/bill': 'viewer',
  'GET /api/sites/:id/bill.pdf': 'viewer',
  'GET /api/sites/:id/bill.xlsx': 'viewer',
  'GET /api/sites/:id/bill/compare': 'viewer',

  'POST /api/imports/runs': 'editor',
  'GET /api/imports/sources': 'viewer',
  'GET /api/imports/runs': 'viewer',
  'GET /api/imports/runs/:id': 'viewer',
  'GET /api/imports/runs/:id/report.json': 'viewer',
  'GET /api/imports/summary': 'viewer',
  'GET /api/imports/files': 'viewer',
  'GET /api/imports/files/:id': 'viewer',
  'GET /api/imports/files/:id/original': 'viewer',
  'GET /api/imports/files/:id/rejects.csv': 'viewer',
  'POST /api/imports/files/:id/retry': 'editor',
  'GET /api/imports/totals': 'admin',
  'GET /api/imports/choices': 'viewer',
  'GET /api/imports/uploads': 'viewer',
  'GET /api/imports/uploads/:id': 'viewer',
  'POST /api/imports/uploads': 'editor',
  'PATCH /api/imports/uploads/:id': 'editor',
  'DELETE /api/imports/uploads/:id': 'editor',
  'POST /api/imports/uploads/:id/sample': 'editor',
  'POST /api/imports/uploads/import': 'editor',
  'GET /api/imports/mappings': 'viewer',
  'PUT /api/imports/mappings': 'editor',
  'DELETE /api/imports/mappings/:id': 'editor',

  'GET /api/alerts': 'viewer',
  'GET /api/alerts/destinations': 'admin',
  'POST /api/alerts/destinations': 'admin',
  'PUT /api/alerts/destinations/:id': 'admin',
  'DELETE /api/alerts/destinations/:id': 'admin',
  'POST /api/alerts/destinations/:id/test': 'admin',

  'GET /api/fleet-push/status': 'viewer',
  'POST /api/fleet-push/retry': 'admin',
  'POST /api/fleet-push/reconcile': 'admin',
  'GET /api/fleet-push/quarantine': 'viewer',
  'POST /api/fleet-push/quarantine/:id/release': 'admin',
  'DELETE /api/fleet-push/quarantine/:id': 'admin',
};
