import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { composeConfig, hasCompose } from '../compose.fixtures.js';
import type { ComposeModel } from '../compose-model.js';
import { composeIn, hostFiles } from '../host.fixtures.js';
import { defaultImages } from '../build-stack.js';

const read = (file: string) => readFileSync(path.join(import.meta.dirname, '../../..', file), 'utf8');

const [, text = ''] = /^```yaml\n([^]*?)^```$/m.exec(read('docs/how-to/fleet-dashboards.md')) ?? [];
const override = parse(text) as Omit<ComposeModel, 'services'> & {
  services: Record<
    'admin' | 'grafana',
    {
      image?: string;
      environment: Record<string, string>;
      secrets: string[];
      volumes?: string[];
      networks?: string[];
      ports?: string[];
    }
  >;
};
const files = hostFiles(
  'tls: {email: a@example.com}\nprofiles: {admin: true}\nadmin: {host: admin.example.com, email: a@example.com}\n',
).get('admin');
const compose = composeIn(files);
const { admin, grafana } = override.services;

describe('the Grafana of docs/how-to/fleet-dashboards.md', () => {
  it('has what the provisioned datasource asks for, and Admin the same password', () => {
    const datasource = read('provisioning/grafana-admin/datasources/fleet.yaml');
    const [, variable = ''] = /\$__env\{(\w+)\}/.exec(datasource) ?? [];
    const [, secret = ''] = /\$__file\{\/run\/secrets\/(\w+)\}/.exec(datasource) ?? [];
    expect(grafana.environment[variable]).toBe('timescaledb:5432');
    expect(grafana.secrets).toContain(secret);
    expect(admin).toEqual({
      environment: { GRAFANA_DATABASE_PASSWORD_FILE: `/run/secrets/${secret}` },
      secrets: [secret],
    });
    expect(Object.keys(override.secrets)).toEqual(expect.arrayContaining(grafana.secrets));
  });

  it('mounts the dashboards where their provider looks', () => {
    const { providers } = parse(read('provisioning/grafana-admin/dashboards/providers.yaml')) as {
      providers: { options: { path: string } }[];
    };
    const target = grafana.volumes?.[0]?.split(':')[1] ?? '';
    expect(providers.map(({ options }) => options.path)).toEqual([`${target}/dashboards`]);
  });

  it('is the portals’ Grafana, reaches the database and is reached from the host alone', () => {
    expect(grafana.image).toBe(defaultImages('1.2.3').grafana);
    expect(grafana.networks).toEqual(['front', 'private']);
    expect(Object.keys(compose.services['timescaledb']?.networks ?? {})).toEqual(['private']);
    const [front = '', inner = ''] = [override.networks['front']?.name, compose.networks['private']?.name];
    // Through the one that sorts first the engine leads the published port, and the other leads nowhere.
    expect(front < inner).toBe(true);
    expect(grafana.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
  });

  it.skipIf(!hasCompose)('is what Compose takes beside the generated file', () => {
    const merged = composeConfig([...(files ?? []), { path: 'compose.override.yaml', text, mode: 0o644 }]);
    expect(Object.keys(merged.services).toSorted()).toEqual(['admin', 'grafana', 'timescaledb']);
    expect(merged.services['admin']?.environment).toMatchObject({
      DATABASE_PASSWORD_FILE: '/run/secrets/database_password',
      ...admin.environment,
    });
  });
});
