import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '#libs/nest-kit';
import { FleetClient } from './fleet-client.js';

const rulesFolder = path.join(packageRoot, 'provisioning/prometheus/rules');
const rules = readFileSync(path.join(rulesFolder, 'wattfleet-admin.yml'), 'utf8');
const dashboard = JSON.parse(
  readFileSync(path.join(packageRoot, 'provisioning/grafana-admin/dashboards/wattfleet-admin.json'), 'utf8'),
) as Dashboard;

interface Dashboard {
  templating: { list: { name: string; type: string; query: string }[] };
  panels: {
    title: string;
    description: string;
    fieldConfig: { defaults: { unit: string } };
    targets: { expr: string; datasource: { uid: string } }[];
  }[];
}

function promtool(...args: string[]) {
  const { error, status, stdout, stderr } = spawnSync('promtool', args, {
    cwd: rulesFolder,
    encoding: 'utf8',
  });
  return { missing: error !== undefined, status, output: `${stdout}${stderr}` };
}

describe.skipIf(promtool('--version').missing)('Prometheus rules (need promtool)', () => {
  it('are valid', () => {
    expect(promtool('check', 'rules', 'wattfleet-admin.yml')).toMatchObject({ status: 0 });
  });

  it('alert when they should, and only then', () => {
    const { status, output } = promtool('test', 'rules', 'wattfleet-admin.test.yml');
    expect(output).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  it('are all tried', () => {
    const tests = readFileSync(path.join(rulesFolder, 'wattfleet-admin.test.yml'), 'utf8');
    const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name]) => name ?? '');
    expect(alerts.length).toBeGreaterThan(5);
    expect(alerts.filter((name) => !tests.includes(name))).toEqual([]);
  });
});

describe('the dashboard of Admin', () => {
  it('has its data source as a variable, and a unit and a description on every panel', () => {
    expect(dashboard.templating.list).toMatchObject([
      { name: 'datasource', type: 'datasource', query: 'prometheus' },
    ]);
    expect(dashboard.panels.length).toBeGreaterThan(5);
    for (const { title, description, fieldConfig, targets } of dashboard.panels) {
      expect(description, title).not.toBe('');
      expect(fieldConfig.defaults.unit, title).toMatch(/^\w+$/);
      expect(targets.map(({ datasource }) => datasource.uid)).toEqual(targets.map(() => '${datasource}'));
    }
  });
});

describe('metrics that rules and dashboard ask for', () => {
  let fleet: FleetClient;

  beforeAll(async () => {
    fleet = await FleetClient.start();
  });
  afterAll(() => fleet.running.close());

  it('are exposed by Admin', async () => {
    const { body } = await fleet.admin.get<string>('/metrics');
    const exposed = new Set([...body.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name ?? ''));
    const expressions = [
      rules,
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    const asked = expressions.flatMap((text) => text.match(/\b(wattfleet|nodejs|process)_[a-z\d_]+/g) ?? []);
    expect(asked.length).toBeGreaterThan(10);
    const unknown = asked.filter((name) => !exposed.has(name.replace(/_bucket$/, '')));
    expect(unknown).toEqual([]);
  });
});
