import { describe, expect, it } from 'vitest';
import { fingerprint } from '../mask.js';
import type { CurrentFile } from '../plan.js';
import { render, type RenderedFile } from '../render.js';
import { secrets, stackOf, templates, token, yamlOf } from '../stack.fixtures.js';
import { planStack, type StackPlan } from './plan-stack.js';

const rendered = (more = '', given: Parameters<typeof stackOf>[1] = secrets) =>
  render(stackOf(yamlOf(more), given), templates);

function onDisk(
  files: readonly RenderedFile[],
  edit: (text: string, path: string) => string | undefined = (text) => text,
) {
  return (path: string): CurrentFile => {
    const file = files.find((one) => one.path === path);
    const text = file === undefined ? undefined : edit(file.text, path);
    return file === undefined || text === undefined ? undefined : { text, mode: file.mode };
  };
}

/** From what a tenant.yaml gave to what another gives. */
const change = (before: string, after: string) => planStack(onDisk(rendered(before)), rendered(after));
const of = (plan: StackPlan, service: string) => plan.services.find((one) => one.service === service);

/** From an edited compose.yaml back to the rendered one. */
const edited = (from: string | RegExp, to: string) =>
  planStack(
    onDisk(rendered(), (text, path) => (path === 'compose.yaml' ? text.replace(from, () => to) : text)),
    rendered(),
  );

describe('services', () => {
  it('are unchanged when nothing is', () => {
    const plan = change('', '');
    expect(plan.services.map(({ action, reasons }) => [action, reasons])).toEqual([
      ['unchanged', []],
      ['unchanged', []],
      ['unchanged', []],
    ]);
    expect([plan.secrets, plan.dataLoss, plan.notices]).toEqual([[], [], []]);
  });

  it('are created when there is no compose.yaml', () => {
    const plan = planStack(() => undefined, rendered());
    expect(plan.services.map(({ service, action }) => [service, action])).toEqual([
      ['portal', 'create'],
      ['timescaledb', 'create'],
      ['grafana', 'create'],
    ]);
  });

  it('are recreated for an image, with both', () => {
    const plan = change('images: {portal: "wattfleet:1.0.0"}\n', 'images: {portal: "wattfleet:1.1.0"}\n');
    expect(of(plan, 'portal')).toEqual({
      service: 'portal',
      action: 'recreate',
      reasons: ['image wattfleet:1.0.0 → wattfleet:1.1.0'],
    });
    expect(of(plan, 'grafana')?.action).toBe('unchanged');
  });

  it('are recreated for variables, labels and limits, which are named', () => {
    const plan = change(
      '',
      'timeZone: Europe/Paris\nlabels: {region: north}\nlimits: {grafana: {memory: 1g, cpus: 2}}\n',
    );
    expect(of(plan, 'grafana')?.reasons).toEqual([
      'mem_limit 384m → 1g',
      'cpus 1 → 2',
      'environment GF_DATE_FORMATS_DEFAULT_TIMEZONE',
      'labels +wattfleet.label.region',
    ]);
    expect(of(plan, 'portal')?.reasons).toEqual([
      'environment SITE_TIME_ZONE',
      'labels +wattfleet.label.region',
    ]);
  });

  it('are only changed by what Compose reads when it starts them', () => {
    const plan = edited('condition: service_healthy', 'condition: service_started');
    expect(of(plan, 'portal')).toEqual({ service: 'portal', action: 'change', reasons: ['depends_on'] });
  });

  it('are destroyed when the blueprint has them no more', () => {
    const plan = edited('  grafana:\n', '  charts:\n    image: charts:1\n  grafana:\n');
    expect(of(plan, 'charts')?.action).toBe('destroy');
  });

  it('are recreated with a network that is another one', () => {
    const plan = edited('    name: abc0001_private', '    name: private');
    expect(plan.services.map(({ reasons }) => reasons)).toEqual(
      Array.from({ length: 3 }, () => ['network private is another one']),
    );
  });

  it('are recreated after a compose.yaml that nobody can read', () => {
    const plan = edited('services:', 'services: ]');
    expect(of(plan, 'portal')).toMatchObject({
      action: 'recreate',
      reasons: ['compose.yaml cannot be read as it is'],
    });
  });
});

describe('secrets', () => {
  it('show as fingerprints, and with the services that read them', () => {
    const before = onDisk(rendered(), (text, path) => (path === 'secrets/session_secret' ? 'old' : text));
    const plan = planStack(before, rendered());
    expect(plan.secrets).toEqual([
      { name: 'session_secret', from: fingerprint('old'), to: fingerprint(secrets.SESSION_SECRET) },
    ]);
    expect(of(plan, 'portal')).toMatchObject({
      action: 'change',
      reasons: ['secret session_secret, seen at its next start'],
    });
  });

  it('that come are told with the service that is recreated for them', () => {
    const fleet = 'fleet: {enabled: true, url: "https://admin.example.com"}\n';
    const after = rendered(fleet, { ...secrets, FLEET_INGEST_TOKEN: token });
    const plan = planStack(onDisk(rendered(fleet)), after);
    expect(plan.secrets).toEqual([{ name: 'fleet_ingest_token', from: null, to: fingerprint(token) }]);
    expect(of(plan, 'portal')).toMatchObject({ action: 'recreate' });
    expect(of(plan, 'portal')?.reasons).toContain('secrets +fleet_ingest_token');
    expect(JSON.stringify(plan)).not.toContain(token);
  });
});

describe('data', () => {
  const loss = (from: string | RegExp, to: string) => edited(from, to).dataLoss;

  it('is lost with a volume of another name', () => {
    expect(loss('name: abc0001_timescale-data', 'name: data')).toEqual([
      'timescaledb /var/lib/postgresql/data starts empty: volume data is replaced by abc0001_timescale-data',
    ]);
  });

  it('is lost with a volume that is no longer mounted, or a service that goes', () => {
    const more = '      - type: volume\n        source: portal-keys\n        target: /data/more\n';
    expect(loss('        target: /data/keys\n', `        target: /data/keys\n${more}`)).toEqual([
      'portal /data/more goes: volume abc0001_portal-keys is no longer mounted there',
    ]);
    const service = `  charts:\n    image: charts:1\n    volumes:\n${more}`;
    expect(loss('  grafana:\n', `${service}  grafana:\n`)).toEqual([
      'charts /data/more goes: volume abc0001_portal-keys is no longer mounted there',
    ]);
  });

  const images = (tag: string) => `images: {timescaledb: "timescale/timescaledb:${tag}"}\n`;

  it.each([
    ['2.22.1-pg17', '2.22.1-pg16', 'another major version: PostgreSQL 17 → 16'],
    ['2.22.1-pg16', '2.22.1-pg17', 'another major version: PostgreSQL 16 → 17'],
    ['2.22.1-pg17', '2.9.3-pg17', 'an older version: TimescaleDB 2.22.1 → 2.9.3'],
  ])('cannot be read after %s by %s', (from, to, message) => {
    expect(change(images(from), images(to)).dataLoss).toEqual([expect.stringContaining(message)]);
  });

  it('stays with a later TimescaleDB', () => {
    expect(change(images('2.9.3-pg17'), images('2.22.1-pg17')).dataLoss).toEqual([]);
  });
});

describe('another host', () => {
  it('is told with what it asks for', () => {
    const after = render(stackOf(yamlOf().replace('abc0001.portal', 'new.portal')), templates);
    const plan = planStack(onDisk(rendered()), after);
    expect(plan.notices).toEqual([expect.stringContaining('https://new.portal.example.com')]);
    expect(of(plan, 'portal')?.reasons).toEqual([
      'environment PUBLIC_URL',
      'labels traefik.http.routers.abc0001-portal.rule',
    ]);
  });
});
