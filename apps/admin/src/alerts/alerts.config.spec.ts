import { describe, expect, it } from 'vitest';
import { CodedError } from '#libs/errors';
import { readAdminSettings } from '../admin.config.js';

const environment = {
  PUBLIC_URL: 'https://admin.example.com',
  SESSION_SECRET: 'x'.repeat(32),
  DEFAULT_ADMIN_EMAIL: 'first@example.com',
  DEFAULT_ADMIN_PASSWORD: 'Tr0ub4dor-and-three',
  DATABASE_EMBEDDED_FOLDER: '/tmp/none',
};

function problems(given: Record<string, string>): string[] {
  try {
    readAdminSettings({ ...environment, ...given });
  } catch (error) {
    if (error instanceof CodedError) return error.problems.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe('settings of alerts', () => {
  it('send no mail and reach no private address by default', () => {
    expect(readAdminSettings(environment).alerts).toMatchObject({
      intervalSeconds: 30,
      webhook: { allowPrivate: false, secret: undefined },
      email: undefined,
    });
  });

  it.each(['smtp://u:p@mail.example.com:587', 'smtps://mail.example.com'])('take %s', (url) => {
    const given = { SMTP_URL: url, ALERT_EMAIL_FROM: 'alerts@example.com' };
    const { alerts } = readAdminSettings({ ...environment, ...given });
    expect(alerts.email?.smtpUrl.reveal()).toBe(url);
    expect(JSON.stringify(alerts)).not.toContain(url);
  });

  it.each<[string, string[], Record<string, string>]>([
    ['a server without a sender', ['ALERT_EMAIL_FROM'], { SMTP_URL: 'smtp://mail.example.com' }],
    ['another protocol', ['SMTP_URL'], { SMTP_URL: 'http://mail', ALERT_EMAIL_FROM: 'a@example.com' }],
    ['no host', ['SMTP_URL'], { SMTP_URL: 'smtp:', ALERT_EMAIL_FROM: 'a@example.com' }],
    ['a sender that is no address', ['ALERT_EMAIL_FROM'], { ALERT_EMAIL_FROM: 'Wattfleet' }],
    ['a short secret', ['ALERT_WEBHOOK_SECRET'], { ALERT_WEBHOOK_SECRET: 'short' }],
  ])('refuse %s', (_what, paths, given) => {
    expect(problems(given)).toEqual(paths);
  });
});
