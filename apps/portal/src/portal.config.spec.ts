import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildStack, parseTenantSpec, portalSettings } from '#libs/stack';
import { portalVariables, readImportCommandSettings, readPortalSettings } from './portal.config.js';

const environment = {
  PUBLIC_URL: 'http://127.0.0.1:4100',
  SESSION_SECRET: 'a-secret-that-is-long-enough-for-anything',
  DEFAULT_ADMIN_EMAIL: 'First@Wattfleet.Example',
  DEFAULT_ADMIN_PASSWORD: 'Tr0ub4dor-and-three',
  DATABASE_EMBEDDED_FOLDER: '/data/db',
};
const fleet = {
  FLEET_INGEST_ENABLED: 'true',
  FLEET_INGEST_URL: 'https://admin.example.com',
  FLEET_INGEST_TOKEN: 'wf_abc0001_xxxxxxxxxxxxxxxxxxxx',
};

describe('readPortalSettings', () => {
  it('has a default for everything that is not of the tenant', () => {
    expect(readPortalSettings(environment)).toMatchObject({
      server: {
        appName: 'portal',
        port: 4100,
        host: '127.0.0.1',
        production: true,
        trustProxy: false,
        applicationName: 'Wattfleet',
        defaultAdmin: { email: 'first@wattfleet.example' },
      },
      import: { folder: undefined, intervalSeconds: 60, timeZone: 'UTC' },
      fleet: undefined,
      grafanaReaderPassword: undefined,
    });
  });

  it('pushes when it is told to, and needs an address and a token then', () => {
    const settings = readPortalSettings({ ...environment, ...fleet });
    expect(settings.fleet).toMatchObject({ intervalSeconds: 60, batchRows: 5_000 });
    expect(settings.fleet?.url.host).toBe('admin.example.com');
    expect(
      readPortalSettings({ ...environment, ...fleet, FLEET_INGEST_ENABLED: 'false' }).fleet,
    ).toBeUndefined();
    expect(() => readPortalSettings({ ...environment, FLEET_INGEST_ENABLED: 'true' })).toThrow(
      /FLEET_INGEST_URL: is required[\s\S]*FLEET_INGEST_TOKEN: is required/,
    );
  });

  it('collects from a server when it is told of one, all of it or nothing', () => {
    const sftp = { SFTP_HOST: 'sftp.example.com', SFTP_USER: 'abc0001', SFTP_PASSWORD: 'hunter2' };
    expect(readPortalSettings({ ...environment, ...sftp }).import.sftp).toMatchObject({
      port: 22,
      folder: '.',
      hostKey: undefined,
    });
    const refused = [
      [{ SFTP_USER: 'abc0001' }, /SFTP_USER: says nothing without SFTP_HOST/],
      [{ ...sftp, SFTP_USER: '' }, /SFTP_USER: is required when SFTP_HOST is set/],
      [{ ...sftp, SFTP_PASSWORD: '' }, /SFTP_PASSWORD: or SFTP_PRIVATE_KEY is required/],
      [{ ...sftp, SFTP_HOST_KEY: 'MD5:00:11' }, /SFTP_HOST_KEY: must be a fingerprint/],
    ] as const;
    for (const [wrong, message] of refused) {
      expect(() => readPortalSettings({ ...environment, ...wrong })).toThrow(message);
    }
  });

  it('names everything that is wrong at once, and no value', () => {
    const wrong = {
      ...environment,
      PORT: '0',
      SITE_TIME_ZONE: 'Mars/Olympus',
      IMPORT_INTERVAL_SECONDS: '1',
      FLEET_INGEST_BATCH_SIZE: '5001',
      FLEET_INGEST_TOKEN: 'hunter2',
    };
    let message = '';
    try {
      readPortalSettings(wrong);
    } catch (error) {
      message = String(error);
    }
    for (const name of ['PORT', 'SITE_TIME_ZONE', 'IMPORT_INTERVAL_SECONDS', 'FLEET_INGEST_BATCH_SIZE']) {
      expect(message).toContain(`${name}: `);
    }
    expect(message).not.toMatch(/hunter2|Mars|5001/);
  });
});

describe('readImportCommandSettings', () => {
  it('needs the database alone', () => {
    expect(readImportCommandSettings({ DATABASE_EMBEDDED_FOLDER: '/data/db' })).toEqual({
      database: { kind: 'embedded', folder: '/data/db' },
      timeZone: 'UTC',
      reportFolder: undefined,
      settleSeconds: 2,
    });
  });
});

describe('a stack that wattfleet renders', () => {
  const secrets = {
    DATABASE_PASSWORD: 'a-password-of-the-database',
    GRAFANA_DATABASE_PASSWORD: 'a-password-of-grafana',
    DEFAULT_ADMIN_PASSWORD: 'Tr0ub4dor-and-three',
    SESSION_SECRET: environment.SESSION_SECRET,
    FLEET_INGEST_TOKEN: fleet.FLEET_INGEST_TOKEN,
    SMTP_URL: 'smtps://user:password@mail.example.com',
    ALERT_WEBHOOK_SECRET: 'a-secret-of-webhooks',
  };

  /** Secrets as they are, in the place of the files that the container mounts. */
  const environmentOf = (name: string) => {
    const file = new URL(`../../../libs/stack/golden/${name}/tenant.yaml`, import.meta.url);
    const spec = parseTenantSpec(readFileSync(file, 'utf8'));
    const { services } = buildStack(spec, { provisioningDir: '/p', version: '1.2.3' }, secrets).compose;
    const values = new Map(Object.entries(secrets));
    return Object.fromEntries(
      Object.entries(services['portal']?.environment ?? {}).map(([key, value]) => {
        const secret = key.replace(/_FILE$/, '');
        return values.has(secret) ? [secret, values.get(secret)] : [key, value.replaceAll('$$', '$')];
      }),
    );
  };

  it('gives the portal what tenant.yaml says, in variables that it has', () => {
    expect(readPortalSettings(environmentOf('full'))).toMatchObject({
      import: { keepOriginalsDays: 365, keepRefusedDays: 90, keepReportsDays: 0 },
      alerts: {
        intervalSeconds: 60,
        email: { from: 'alerts@acme.example' },
        webhook: { allowPrivate: true },
      },
    });
    const named = Object.values(portalSettings).flatMap((section) => Object.values(section));
    expect(named.filter((name) => !Object.hasOwn(portalVariables, name))).toEqual([]);
  });

  it('needs nothing but what every tenant.yaml has', () => {
    expect(readPortalSettings(environmentOf('minimal'))).toMatchObject({
      import: { keepOriginalsDays: 0 },
      alerts: { intervalSeconds: 30, email: undefined },
    });
  });
});
