import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  applicationInfo,
  branding,
  type ApplicationInfo,
  type Branding,
  type BrandingBody,
  type PortalAuditPage,
} from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { adminAccount, startPortal, type RunningApp } from '../running-app.js';
import { createTestDatabase, type TestDatabase } from '../test-database.js';

const environment = {
  WHITE_LABEL_APPLICATION_NAME: 'Acme Power',
  WHITE_LABEL_PRIMARY_COLOR: '#0C4A6E',
  WHITE_LABEL_FOOTER_TEXT: '© Acme\nsupport@acme.example',
};
const delivered: BrandingBody = {
  applicationName: 'Acme Power',
  primaryColor: '#0c4a6e',
  secondaryColor: null,
  accentColor: null,
  footerText: '© Acme\nsupport@acme.example',
};
const other: BrandingBody = {
  applicationName: 'Bolt & Söhne',
  primaryColor: '#7c2d12',
  secondaryColor: '#1c1917',
  accentColor: '#f59e0b',
  footerText: '',
};

let database: TestDatabase;
let portal: RunningApp;
let client: ApiClient;

beforeAll(async () => {
  database = await createTestDatabase();
  portal = await startPortal({ database, environment });
  client = await ApiClient.signedIn(portal.url);
});
afterAll(async () => {
  await portal.close();
  await database.drop();
});

const put = (body: unknown) =>
  client.send<Branding>('PUT', '/api/branding', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function events(): Promise<string[]> {
  const { body } = await client.get<PortalAuditPage>('/api/audit');
  return body.events
    .filter(({ action }) => action.startsWith('branding.'))
    .map(({ account, action, summary }) => `${account} ${action} ${summary}`);
}

describe('the looks of a portal', () => {
  it('are those of the environment at first, and told to anyone', async () => {
    const stranger = new ApiClient(portal.url);
    const { status, body } = await stranger.get<Branding>('/api/branding');
    expect(status).toBe(200);
    expect(branding.strict().parse(body)).toEqual({
      ...delivered,
      logo: null,
      favicon: {
        url: expect.stringMatching(/^\/api\/branding\/favicon\?v=[0-9a-f]+$/) as string,
        own: false,
      },
    });
    const application = await stranger.get<ApplicationInfo>('/api/application');
    expect(applicationInfo.strict().parse(application.body)).toMatchObject({
      applicationName: 'Acme Power',
      branding: body,
    });
    expect(await events()).toEqual([]);
  });

  it('are changed by an admin, and recorded', async () => {
    const { status, body } = await put({
      ...other,
      applicationName: '  Bolt & Söhne ',
      accentColor: '#F59E0B',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject(other);
    const { body: info } = await client.get<ApplicationInfo>('/api/application');
    expect(info).toMatchObject({ applicationName: 'Bolt & Söhne', branding: body });
    expect(await events()).toEqual([
      `${adminAccount.email} branding.changed Changed application name, primary colour, secondary colour, accent colour, footer`,
    ]);
  });

  it('leave no record when nothing was changed', async () => {
    const before = await events();
    expect((await put(other)).status).toBe(200);
    expect(await events()).toEqual(before);
  });

  it.each([
    [{ ...other, applicationName: ' ' }, 'applicationName'],
    [{ ...other, applicationName: 'two\nlines' }, 'applicationName'],
    [{ ...other, applicationName: 'x'.repeat(101) }, 'applicationName'],
    [{ ...other, primaryColor: 'red' }, 'primaryColor'],
    [{ ...other, secondaryColor: '#fff' }, 'secondaryColor'],
    [{ ...other, accentColor: '#000000;background:url(//x)' }, 'accentColor'],
    [{ ...other, footerText: 'bell \u0007' }, 'footerText'],
    [{ ...other, footerText: 'x'.repeat(501) }, 'footerText'],
    [{ ...other, footerText: undefined }, 'footerText'],
    [{ ...other, logo: 'mine' }, 'body'],
  ])('refuse %j', async (body, field) => {
    const answer = await client.send('PUT', '/api/branding', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'BODY_INVALID', errors: [{ path: field }] });
    expect((await client.get<Branding>('/api/branding')).body).toMatchObject(other);
  });

  it('stay over a restart, whatever the environment says then', async () => {
    await portal.close();
    portal = await startPortal({
      database,
      environment: { ...environment, WHITE_LABEL_APPLICATION_NAME: 'Too late' },
    });
    client = await ApiClient.signedIn(portal.url);
    expect((await client.get<Branding>('/api/branding')).body).toMatchObject(other);
  });

  it('go back to the environment’s by a reset', async () => {
    const { status, body } = await client.send<Branding>('DELETE', '/api/branding');
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...delivered, applicationName: 'Too late', logo: null });
    expect((await events())[0]).toMatch(/branding\.reset/);
  });

  it.each([
    ['PUT', '/api/branding'],
    ['DELETE', '/api/branding'],
    ['PUT', '/api/branding/logo'],
    ['DELETE', '/api/branding/logo'],
    ['PUT', '/api/branding/favicon'],
    ['DELETE', '/api/branding/favicon'],
  ])('are not for editors and viewers to change: %s %s', async (method, address) => {
    const before = await events();
    for (const role of ['editor', 'viewer']) {
      await portal.dataSource.query(`UPDATE monitoring.account SET role = $1`, [role]);
      const init = method === 'PUT' ? { headers: { 'content-type': 'image/png' }, body: 'x' } : {};
      const { status, body } = await client.send(method, address, init);
      expect([status, body.code]).toEqual([403, 'ROLE_REFUSED']);
    }
    await portal.dataSource.query(`UPDATE monitoring.account SET role = 'admin'`);
    expect(await events()).toEqual(before);
  });

  it('are not changed from another site', async () => {
    const { status, body } = await client.send('DELETE', '/api/branding', {
      headers: { origin: 'https://evil.example' },
    });
    expect([status, body.code]).toEqual([403, 'ORIGIN_REFUSED']);
  });
});
