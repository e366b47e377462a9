import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portalAuditPage, type PortalAuditPage } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { adminAccount, startPortal, type RunningApp } from '../running-app.js';

describe('the audit log of a portal', () => {
  let portal: RunningApp;
  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal.close());

  it('has who signed in and out, newest first, by pages', async () => {
    const first = await ApiClient.signedIn(portal.url);
    await first.send('DELETE', '/api/session');
    const client = await ApiClient.signedIn(portal.url);
    const { status, body } = await client.get<PortalAuditPage>('/api/audit?limit=2');
    expect(status).toBe(200);
    const page = portalAuditPage.strict().parse(body);
    expect(page.events.map(({ action, account }) => [action, account])).toEqual([
      ['session.signed-in', adminAccount.email],
      ['session.signed-out', adminAccount.email],
    ]);
    const rest = await client.get<PortalAuditPage>(`/api/audit?limit=2&before=${String(page.nextBefore)}`);
    expect(rest.body.events.map(({ action }) => action)).toEqual(['session.signed-in']);
    expect(rest.body.nextBefore).toBeNull();
  });

  it('finds by action and subject', async () => {
    const client = await ApiClient.signedIn(portal.url);
    const outs = await client.get<PortalAuditPage>(
      `/api/audit?action=session.signed-out&subject=${adminAccount.email.slice(0, 3).toUpperCase()}`,
    );
    expect(outs.body.events).toHaveLength(1);
    expect((await client.get('/api/audit?action=anything')).status).toBe(400);
  });

  it.each([
    'UPDATE monitoring.audit_event SET account = NULL',
    'DELETE FROM monitoring.audit_event',
    'TRUNCATE monitoring.audit_event',
  ])('cannot be changed: %s', async (statement) => {
    await expect(portal.dataSource.query(statement)).rejects.toThrow('append-only');
  });
});
