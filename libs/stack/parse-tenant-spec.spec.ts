import { describe, expect, it } from 'vitest';
import { CodedError } from '#libs/errors';
import { parseTenantSpec } from './parse-tenant-spec.js';
import { yamlOf } from './stack.fixtures.js';

/** The problems a text is refused for, as `path: message`. */
function problemsOf(yaml: string): string[] {
  try {
    parseTenantSpec(yaml);
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'SPEC_INVALID') throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICP5aiwRbAmkTIvhxH6Pa1YyT8NIlnKMS0s5ZsM4nfY2 meter 1';

describe('parseTenantSpec', () => {
  it('fills in the defaults', () => {
    const spec = parseTenantSpec(yamlOf());
    expect(spec.blueprint).toBe('portal');
    expect(spec.limits.timescaledb).toEqual({ memory: '1g', pids: 200, cpus: 2 });
    expect(spec.fleet).toEqual({ enabled: false, intervalSeconds: 60, batchSize: 5000 });
  });

  it('backs up daily and keeps a week, a month and half a year unless told otherwise', () => {
    const keep = { last: 3, daily: 7, weekly: 4, monthly: 6 };
    expect(parseTenantSpec(yamlOf()).backup).toEqual({ schedule: 'daily', keep });
    expect(parseTenantSpec(yamlOf('backup: {to: "rclone:offsite:a/b", keep: {daily: 2}}')).backup).toEqual({
      to: 'rclone:offsite:a/b',
      schedule: 'daily',
      keep: { ...keep, daily: 2 },
    });
  });

  it('keeps the other defaults of a service when one is given', () => {
    expect(parseTenantSpec(yamlOf('limits: {portal: {pids: 99}}')).limits.portal).toEqual({
      memory: '512m',
      pids: 99,
      cpus: 1,
    });
  });

  it('names every missing, unknown and bad key at once, by its path', () => {
    const yaml =
      'hots: x\nlimits: {portal: {memory: 12, memry: 3}, grafna: {}}\nfleet: {enabled: true}\nwhatever: 1';
    expect(problemsOf(yaml)).toEqual([
      'code: is required',
      'host: is required',
      'adminEmail: is required',
      'limits.portal.memory: must be a size such as 512m or 2g',
      'limits.portal.memry: unknown key; did you mean memory?',
      'limits.grafna: unknown key; did you mean grafana?',
      'fleet.url: is required when fleet.enabled is true',
      'hots: unknown key; did you mean host?',
      'whatever: unknown key; known are code, host, blueprint, adminEmail, timeZone, branding, limits, labels, images, fleet, sftp, imports, alerts, backup',
    ]);
  });

  it.each([
    ['code', 'code: abc0001\nhost: a.example.com\nadminEmail: a@example.com'],
    ['code', 'code: A\nhost: a.example.com\nadminEmail: a@example.com'],
    ['code', `code: A${'B'.repeat(31)}\nhost: a.example.com\nadminEmail: a@example.com`],
    ['code', 'code: "A\\n"\nhost: a.example.com\nadminEmail: a@example.com'],
    ['code', 'code: ../ETC\nhost: a.example.com\nadminEmail: a@example.com'],
    ['code', 'code: ADMIN\nhost: a.example.com\nadminEmail: a@example.com'],
    ['host', 'code: AB\nhost: Upper.example.com\nadminEmail: a@example.com'],
    ['host', 'code: AB\nhost: localhost\nadminEmail: a@example.com'],
    ['host', 'code: AB\nhost: "a.example.com`) || Host(`b.example.com"\nadminEmail: a@example.com'],
    ['host', 'code: AB\nhost: "a.example.com\\n"\nadminEmail: a@example.com'],
    ['adminEmail', 'code: AB\nhost: a.example.com\nadminEmail: nobody'],
    ['backup.to', yamlOf('backup: {to: backups}')],
    ['backup.to', yamlOf('backup: {to: "rclone:--config:x"}')],
    ['backup.to', yamlOf('backup: {to: "restic:rest:https://user:password@example.com/"}')],
    ['backup.schedule', yamlOf('backup: {schedule: often}')],
    ['backup.keep.last', yamlOf('backup: {keep: {last: 0}}')],
    ['backup.keep.yearly', yamlOf('backup: {keep: {yearly: 1}}')],
    ['sftp.enabled', yamlOf('sftp: {enabled: "yes"}')],
    ['sftp.quotaBytes', yamlOf('sftp: {quotaBytes: -1}')],
    ['sftp.publicKey', yamlOf('sftp: {publicKey: x}')],
    ['sftp.publicKeys.0', yamlOf('sftp: {publicKeys: [ssh-ed25519]}')],
    ['sftp.publicKeys.1', yamlOf(`sftp: {publicKeys: ["${publicKey}", "ssh-rsa ${publicKey.slice(12)}"]}`)],
    ['sftp.publicKeys.0', yamlOf(`sftp: {publicKeys: ['command="sh" ${publicKey}']}`)],
    ['sftp.publicKeys.0', yamlOf(`sftp: {publicKeys: ["${publicKey}\\n${publicKey}"]}`)],
    ['imports.keepOriginalsDays', yamlOf('imports: {keepOriginalsDays: -1}')],
    ['imports.keepDays', yamlOf('imports: {keepDays: 1}')],
    ['alerts.emailFrom', yamlOf('alerts: {emailFrom: nobody}')],
    ['alerts.intervalSeconds', yamlOf('alerts: {intervalSeconds: 1}')],
    ['alerts.smtpUrl', yamlOf('alerts: {smtpUrl: "smtp://mail.example.com"}')],
    ['blueprint', yamlOf('blueprint: odoo')],
    ['timeZone', yamlOf('timeZone: Europe/Atlantis')],
    ['timeZone', yamlOf('timeZone: "+01:00"')],
    ['branding.applicationName', yamlOf('branding: {applicationName: "a\\nb"}')],
    ['branding.applicationName', yamlOf('branding: {applicationName: " "}')],
    ['branding.primaryColor', yamlOf('branding: {primaryColor: red}')],
    ['branding.footerText', yamlOf('branding: {footerText: "\\e[31m"}')],
    ['branding', yamlOf('branding: [1]')],
    ['limits.grafana.cpus', yamlOf('limits: {grafana: {cpus: "1"}}')],
    ['limits.portal.pids', yamlOf('limits: {portal: {pids: 1.5}}')],
    ['images.portal', yamlOf('images: {portal: wattfleet}')],
    ['images.grafana', yamlOf('images: {grafana: "grafana/grafana:latest"}')],
    ['images.portal', yamlOf('images: {portal: "localhost:5000/wattfleet"}')],
    ['images.portal', yamlOf('images: {portal: "$(reboot):1"}')],
    ['labels.traefik enable', yamlOf('labels: {"traefik enable": "true"}')],
    ['labels.tier', yamlOf('labels: {tier: 1}')],
    ['fleet.batchSize', yamlOf('fleet: {batchSize: 5001}')],
    ['fleet.url', yamlOf('fleet: {url: "https://user:pass@admin.example.com"}')],
    ['fleet.url', yamlOf('fleet: {url: "file:///etc/passwd"}')],
  ])('refuses a bad %s by its path: %j', (path, yaml) => {
    expect(problemsOf(yaml).map((problem) => problem.split(':')[0])).toEqual([path]);
  });

  it.each(['wattfleet:1.2.3', 'registry.example.com:5000/a/b:v1', `a@sha256:${'0'.repeat(64)}`])(
    'takes the pinned image %s',
    (image) => {
      expect(parseTenantSpec(yamlOf(`images: {portal: "${image}"}`)).images.portal).toBe(image);
    },
  );

  it('takes public keys of meters, with the remark behind them', () => {
    const { sftp } = parseTenantSpec(yamlOf(`sftp: {enabled: true, publicKeys: ["${publicKey}"]}`));
    expect(sftp).toEqual({ enabled: true, publicKeys: [publicKey], quotaBytes: 10_000_000_000 });
  });

  it.each([
    ['a fault of YAML', 'code: AB\nhost: [a\nadminEmail: x', 'line 3, column 1'],
    ['a key given twice', 'code: AB\ncode: AC\n', 'line 2, column 1'],
    ['a tag it does not know', 'code: !run AB\n', 'line 1, column 7'],
  ])('says line and column of %s', (_, yaml, position) => {
    expect(problemsOf(yaml)[0]?.startsWith(position)).toBe(true);
  });

  it.each(['', '- 1', 'just text'])('refuses what is no mapping: %j', (yaml) => {
    expect(problemsOf(yaml)).toEqual(['tenant.yaml: must be a mapping of keys']);
  });

  it('refuses aliases that expand without end', () => {
    const levels = Array.from({ length: 12 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n},`.repeat(9)}]`);
    expect(() => parseTenantSpec(`l0: &l0 x\n${levels.join('\n')}`)).toThrow(
      'its aliases cannot be resolved',
    );
  });
});
