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

  it('is exported as CSV by the same filters, and a cell is no formula', async () => {
    const client = await ApiClient.signedIn(portal.url);
    await portal.dataSource.query(
      `INSERT INTO monitoring.audit_event (account, action, subject, summary)
       SELECT 'bulk@wattfleet.example', 'site.edited', '=HYPERLINK("http://evil.example")', 'one, "two"'
       FROM generate_series(1, 1200)`,
    );
    const { status, headers, body } = await client.get<string>('/api/audit/export.csv?action=site.edited');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe('attachment; filename="audit.csv"');
    const lines = body.trimEnd().split('\r\n');
    expect(lines[0]).toBe('id,at,account,action,subject,summary,requestId');
    expect(lines).toHaveLength(1_201);
    expect(new Set(lines).size).toBe(1_201);
    expect(lines[1]).toContain('"\'=HYPERLINK(""http://evil.example"")","one, ""two""",');
    expect((await client.get('/api/audit/export.csv?action=anything')).status).toBe(400);
    const none = await client.get<string>('/api/audit/export.csv?account=nobody@wattfleet.example');
    expect(none.body.trimEnd().split('\r\n')).toHaveLength(1);
  });

  it.each([
    'UPDATE monitoring.audit_event SET account = NULL',
    'DELETE FROM monitoring.audit_event',
    'TRUNCATE monitoring.audit_event',
  ])('cannot be changed: %s', async (statement) => {
    await expect(portal.dataSource.query(statement)).rejects.toThrow('append-only');
  });
});
