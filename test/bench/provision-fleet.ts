import { randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pMap from 'p-map';
import { newTenant, slugOf, tenantSecrets, tenantYaml } from '#libs/stack';

/** A folder of tenants as ops have it, and an engine that says they all run. */
export interface ProvisionFleet {
  root: string;
  /** Folder to put first on the PATH: its `docker` stands in for an engine with so many containers. */
  programs: string;
}

const images = {
  portal: 'wattfleet:1.0.0',
  timescaledb: 'timescale/timescaledb:2.22.1-pg17',
  grafana: 'grafana/grafana:11.4.0',
};

/** Tenants with `tenant.yaml` and secrets; nothing of them is rendered yet. */
export async function makeFleet(folder: string, tenants: number): Promise<ProvisionFleet> {
  const root = path.join(folder, 'root');
  const codes = Array.from({ length: tenants }, (_, index) => `ABC${String(index).padStart(4, '0')}`);
  await pMap(codes, (code) => makeTenant(root, code), { concurrency: 16 });
  const programs = path.join(folder, 'programs');
  await mkdir(programs);
  await writeFile(
    path.join(programs, 'ps.txt'),
    codes.flatMap((code) => containersOf(slugOf(code))).join(''),
  );
  await writeFile(path.join(programs, 'docker'), dockerScript);
  await chmod(path.join(programs, 'docker'), 0o755);
  return { root, programs };
}

/** Every tenant gets another image of the portal: an update day. */
export async function changeImages({ root }: ProvisionFleet, slugs: readonly string[]): Promise<void> {
  await pMap(slugs, (slug) => writeTenantYaml(root, slug.toUpperCase(), 'wattfleet:1.1.0'), {
    concurrency: 16,
  });
}

async function makeTenant(root: string, code: string): Promise<void> {
  await mkdir(path.join(root, slugOf(code)), { recursive: true });
  await writeTenantYaml(root, code, images.portal);
  const secrets = tenantSecrets.filter(({ generated }) => generated);
  const lines = secrets.map(({ name }) => `${name}=${randomBytes(32).toString('base64url')}\n`);
  await writeFile(path.join(root, slugOf(code), '.env'), lines.join(''), { mode: 0o600 });
}

async function writeTenantYaml(root: string, code: string, portal: string): Promise<void> {
  const tenant = newTenant({
    code,
    host: `${slugOf(code)}.portal.example.com`,
    applicationName: `Power of ${code}`,
    labels: { region: ['north', 'south'][Number(code.at(-1)) % 2] ?? '', stage: 'production' },
    fleetUrl: 'https://admin.example.com',
    images: { ...images, portal },
  });
  await writeFile(path.join(root, slugOf(code), 'tenant.yaml'), tenantYaml(tenant));
}

function containersOf(slug: string): string[] {
  const hash = '4f5e'.repeat(16);
  return Object.entries(images).map(([service, image]) =>
    [`${hash}${slug}${service}`, slug, service, image, 'running', 'Up 3 days (healthy)', hash]
      .join('\t')
      .concat('\n'),
  );
}

const dockerScript = `#!/bin/sh
# Stands in for an engine: what it answers with was written before.
case $1 in
  ps) cat "\${0%/*}/ps.txt" ;;
esac
`;
