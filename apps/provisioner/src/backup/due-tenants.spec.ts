import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readProvisionerConfig } from '../provisioner.config.js';
import { rootWithTenant } from '../testing/provisioner.fixtures.js';
import { dueTenants } from './due-tenants.js';

const now = new Date('2026-11-21T12:00:00Z');

it.each([
  ['hourly', '20261121T110000Z', true],
  ['hourly', '20261121T114000Z', false],
  ['daily', '20261120T130000Z', true],
  ['daily', '20261121T030000Z', false],
  ['weekly', '20261114T110000Z', true],
  ['weekly', '20261118T110000Z', false],
  ['daily', undefined, true],
  ['off', undefined, false],
])('%s, last at %s: due is %s', async (schedule, stamp, isDue) => {
  const { root, folder } = await rootWithTenant();
  appendFileSync(path.join(folder, 'tenant.yaml'), `backup: { schedule: '${schedule}' }\n`);
  if (stamp !== undefined)
    mkdirSync(path.join(root, 'backups/abc0001', `abc0001-${stamp}`), { recursive: true });
  const config = readProvisionerConfig({ folder: root, version: '1.2.3' }, { WATTFLEET_ROOT: root });
  expect(await dueTenants(config, ['abc0001'], undefined, now)).toEqual(isDue ? ['abc0001'] : []);
});
