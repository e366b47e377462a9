import { describe, expect, it } from 'vitest';
import { readImportCommandSettings, readPortalSettings } from './portal.config.js';

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
