import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  portalAlertNotice,
  portalAlertPage,
  type AlertDestination,
  type AlertDestinationTest,
  type PortalAlertNotice,
} from '#libs/contracts';
import { NoticeDelivery } from '#libs/nest-kit';
import { AlertEvaluator } from '../../../apps/portal/src/alerts/alert-evaluator.js';
import { SourceHealth } from '../../../apps/portal/src/imports/source-health.js';
import { userOf } from '../accounts/portal-users.js';
import { MailReceiver } from '../alerts/mail-receiver.js';
import { WebhookReceiver } from '../alerts/webhook-receiver.js';
import { ApiClient } from '../api-client.js';
import { addDevice, addSite, deliver, every } from '../deliveries/delivering-devices.js';
import { publicUrl, startPortal, type RunningApp } from '../running-app.js';
import { createTestDatabase, isServer, type TestDatabase } from '../test-database.js';

const destinations = '/api/alerts/destinations';
const start = Date.UTC(2026, 5, 1, 12);
const minute = (minutes: number) => new Date(start + minutes * 60_000);

let environment: Record<string, string>;
let database: TestDatabase;
let portal: RunningApp;
let client: ApiClient;
let editor: ApiClient;
let hook: WebhookReceiver;
let mail: MailReceiver;

beforeAll(async () => {
  [hook, mail] = await Promise.all([WebhookReceiver.start(portalAlertNotice), MailReceiver.start()]);
  environment = {
    ALERT_WEBHOOK_ALLOW_PRIVATE: 'true',
    SMTP_URL: mail.url,
    ALERT_EMAIL_FROM: 'alerts@wattfleet.example',
  };
  database = await createTestDatabase();
  portal = await startPortal({ database, environment });
  client = await ApiClient.signedIn(portal.url);
  // Now: a second portal in this process takes over who may sign in.
  ({ client: editor } = await userOf(portal, client, 'editor'));
});
afterAll(async () => {
  await portal.close();
  await database.drop();
  await Promise.all([hook.close(), mail.close()]);
});
beforeEach(async () => {
  await portal.dataSource.query(
    `TRUNCATE monitoring.site, monitoring.import_run, monitoring.alert, monitoring.alert_destination,
       monitoring.import_source_failure CASCADE`,
  );
  await portal.dataSource.query(
    `UPDATE monitoring.alert_evaluation SET evaluated_at = NULL, resumed_at = NULL`,
  );
  hook.reset();
  mail.reset();
  await addSite(portal, 'north');
  await watch(-20);
});

async function add(type: 'webhook' | 'email', address: string): Promise<string> {
  const { status, body } = await client.post<AlertDestination>(destinations, { type, address });
  expect(status).toBe(201);
  return body.id;
}

/** A device that delivered every 10 minutes until minute 0. */
async function addDelivering(...serials: string[]): Promise<void> {
  for (const serial of serials) {
    await addDevice(portal, 'north', serial);
    await deliver(portal, 'north', serial, every(10, 0, 4), { now: minute(0) });
  }
}

function evaluate(at: number, app = portal.app) {
  return app.get(AlertEvaluator).evaluate(minute(at), 3_600);
}

/** Long enough that a pause is over at minute 0. */
async function watch(from: number): Promise<void> {
  await evaluate(from);
}

function tell(at: number): Promise<void> {
  return portal.app.get(NoticeDelivery).deliver(minute(at), new AbortController().signal);
}

async function alerts(state = 'all') {
  const { body } = await client.get(`/api/alerts?state=${state}`);
  return portalAlertPage.strict().parse(body).alerts;
}

/** `serial event`, in the order in which they came. */
function told(): string[] {
  return hook.received.map(({ body }) => {
    const { device, source, event } = JSON.parse(body) as PortalAlertNotice;
    return `${device?.serial ?? source ?? '-'} ${event}`;
  });
}

describe('a device that becomes overdue', () => {
  beforeEach(async () => {
    await add('webhook', hook.url);
    await addDelivering('A');
  });

  it('is told of once, and once more when it delivers again', async () => {
    await evaluate(19);
    await tell(19);
    expect(hook.received).toEqual([]);
    for (const at of [21, 22, 23]) {
      await evaluate(at);
      await tell(at);
    }
    await deliver(portal, 'north', 'A', [{ minutesAgo: 0 }], { now: minute(24) });
    for (const at of [25, 26]) {
      await evaluate(at);
      await tell(at);
    }
    expect(told()).toEqual(['A raised', 'A resolved']);
    const [first] = hook.received.map(({ body }) => JSON.parse(body) as PortalAlertNotice);
    expect(first).toMatchObject({
      kind: 'overdue',
      site: { slug: 'north', name: 'Site north' },
      device: { serial: 'A' },
      summary: 'No file for 21 min, usually every 10 min',
      url: `${publicUrl}/sites/${first?.site?.id}?device=A`,
    });
    expect(await alerts('open')).toEqual([]);
    expect(await alerts()).toMatchObject([{ resolvedAt: minute(25).toISOString() }]);
  });

  it('is told of by one of two processes, whichever it is', async () => {
    if (!isServer) return;
    const other = await startPortal({ database, environment });
    try {
      await Promise.all([evaluate(21), evaluate(21, other.app), evaluate(21), evaluate(21, other.app)]);
      expect(await alerts()).toHaveLength(1);
      const stop = new AbortController().signal;
      await Promise.all([tell(21), other.app.get(NoticeDelivery).deliver(minute(21), stop)]);
      expect(told()).toEqual(['A raised']);
    } finally {
      await other.close();
    }
  });

  it('is told of once though the portal starts anew', async () => {
    const own = await createTestDatabase();
    const first = await startPortal({ database: own, environment });
    await addSite(first, 'north');
    await addDevice(first, 'north', 'A');
    await deliver(first, 'north', 'A', every(10, 0, 4), { now: minute(0) });
    for (const at of [-1, 14, 21]) await evaluate(at, first.app);
    await first.close();
    const second = await startPortal({ database: own, environment });
    await evaluate(22, second.app);
    const rows: unknown[] = await second.dataSource.query(`SELECT FROM monitoring.alert`);
    expect(rows).toHaveLength(1);
    await second.close();
    await own.drop();
  });

  it('is not told of right after a pause: what came meanwhile is imported first', async () => {
    await evaluate(600);
    await evaluate(614);
    expect(await alerts()).toEqual([]);
    await evaluate(615);
    expect(await alerts('open')).toHaveLength(1);
  });

  it.each([
    ['its site is archived', `UPDATE monitoring.site SET archived_at = now()`],
    ['it is no longer watched', `UPDATE monitoring.device SET watched = false`],
    ['it is deleted', `DELETE FROM monitoring.device`],
  ])('is over when %s', async (_what, sql) => {
    await evaluate(21);
    await portal.dataSource.query(sql);
    await evaluate(22);
    expect(await alerts('open')).toEqual([]);
    await tell(22);
    expect(told()).toEqual(['A raised', 'A resolved']);
  });
});

describe('a mailbox', () => {
  it('gets one mail for many devices, and a mail each for few', async () => {
    await add('email', 'ops@example.com');
    await addDelivering(...Array.from({ length: 11 }, (_, index) => `D${index + 10}`));
    await evaluate(21);
    await tell(21);
    expect(mail.subjects()).toEqual(['[Alerts] 11 raised']);
    expect(mail.received[0]?.body).toContain('Site north, D15: No file for 21 min, usually every 10 min');
    expect(mail.received[0]?.body).toContain(`${publicUrl}/settings/alerts`);
    await deliver(portal, 'north', 'D12', [{ minutesAgo: 0 }], { now: minute(22) });
    await evaluate(23);
    await tell(23);
    expect(mail.subjects()[1]).toBe('[Resolved] Site north, D12: No file for 21 min, usually every 10 min');
  });
});

describe('a source of files', () => {
  const fail = () => portal.app.get(SourceHealth).note('import folder', 'There is\n no folder');
  const since = (at: number) =>
    portal.dataSource.query(`UPDATE monitoring.import_source_failure SET since = $1`, [minute(at)]);

  it('that fails for 5 minutes is told of once, and once more when it works', async () => {
    await add('webhook', hook.url);
    await fail();
    await since(0);
    await evaluate(4);
    expect(await alerts()).toEqual([]);
    await evaluate(6);
    await fail();
    await evaluate(7);
    await tell(7);
    expect(await alerts('open')).toMatchObject([
      { kind: 'source-failed', summary: 'Files cannot be collected: There is no folder' },
    ]);
    await portal.app.get(SourceHealth).note('import folder', null);
    await evaluate(8);
    await tell(8);
    expect(told()).toEqual(['import folder raised', 'import folder resolved']);
  });

  it('is noted when the import folder cannot be read', async () => {
    const broken = await startPortal({ environment: { IMPORT_FOLDER: '/nowhere/at/all' } });
    try {
      const user = await ApiClient.signedIn(broken.url);
      expect((await user.post('/api/imports/runs')).status).toBe(409);
      const rows = await broken.dataSource.query(
        `SELECT source, message FROM monitoring.import_source_failure`,
      );
      expect(rows).toMatchObject([{ source: 'import folder' }]);
    } finally {
      await broken.close();
    }
  });
});

describe('destinations', () => {
  it('are tested, and what is done with them is in the audit log without a secret', async () => {
    const id = await add('webhook', hook.url);
    expect(await client.post(`${destinations}/${id}/test`)).toMatchObject({ body: { sent: true } });
    expect(told()).toEqual(['- test']);
    expect((await client.send('DELETE', `${destinations}/${id}`)).status).toBe(204);
    const { body } = await client.get<{ events: { action: string; summary: string }[] }>(
      '/api/audit?limit=3',
    );
    const origin = new URL(hook.url).origin;
    expect(body.events.map(({ action, summary }) => `${action} ${summary}`)).toEqual([
      `alert-destination.removed Removed webhook ${origin}`,
      `alert-destination.tested Tested webhook ${origin}: sent`,
      `alert-destination.added Added webhook ${origin}`,
    ]);
  });
});

describe('addresses of webhooks', () => {
  it('are shown to admins alone, and none to whom an alert is', async () => {
    await add('webhook', `${hook.url}?token=a-secret`);
    await addDelivering('A');
    await evaluate(21);
    await tell(21);
    const seen = await editor.get('/api/alerts?state=all');
    expect(portalAlertPage.strict().parse(seen.body).alerts).toHaveLength(1);
    expect(JSON.stringify(seen.body)).not.toContain('a-secret');
    expect((await editor.get(destinations)).status).toBe(403);
  });

  it('reach nothing private unless it is allowed', async () => {
    const guarded = await startPortal({ environment: { ALERT_WEBHOOK_ALLOW_PRIVATE: 'false' } });
    try {
      const user = await ApiClient.signedIn(guarded.url);
      const { body } = await user.post<AlertDestination>(destinations, {
        type: 'webhook',
        address: hook.url,
      });
      const tested = await user.post<AlertDestinationTest>(`${destinations}/${body.id}/test`);
      expect(tested.body).toMatchObject({ sent: false, message: expect.stringContaining('loopback') });
      expect(hook.received).toEqual([]);
    } finally {
      await guarded.close();
    }
  });
});

describe('alerts', () => {
  it('are paged without losing one, and counted for Prometheus', async () => {
    await addDelivering('A', 'B', 'C');
    await evaluate(21);
    const { body } = await client.get<{ alerts: unknown[]; nextBefore: string }>('/api/alerts?limit=2');
    expect(body.alerts).toHaveLength(2);
    const rest = await client.get<{ alerts: unknown[]; nextBefore: string | null }>(
      `/api/alerts?limit=2&before=${encodeURIComponent(body.nextBefore)}`,
    );
    expect(rest.body).toMatchObject({ alerts: [{}], nextBefore: null });
    const metrics = await client.get<string>('/metrics');
    expect(metrics.body).toContain('wattfleet_alerts_open{kind="overdue",app="portal"} 3');
    expect(metrics.body).toContain('wattfleet_alerts_open{kind="source-failed",app="portal"} 0');
  });
});
