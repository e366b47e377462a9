/**
 * Writes the files that are generated from code: `.env.example`, Grafana's dashboards, the index of the meter files' formats, and
 * the references of configuration, errors, commands and dashboards.
 * With `--check` it writes nothing and fails where one is out of step.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '#libs/nest-kit';
import { portalSettings } from '#libs/stack';
import { adminVariables } from '../../apps/admin/src/admin.config.js';
import { portalVariables } from '../../apps/portal/src/portal.config.js';
import { provisionerVariables } from '../../apps/provisioner/src/provisioner.config.js';
import { configurationReference, envExample, tenantSettings, type Program } from './configuration.js';
import { dashboardReference, dashboardTexts } from './dashboards.js';
import { errorReference } from './errors.js';
import { formatFolder, formatIndex } from './format-index.js';
import { wattfleetReference } from './wattfleet.js';

const programs: Program[] = [
  {
    name: 'portal',
    title: 'Portal',
    variables: portalVariables,
    notes: tenantSettings(portalSettings),
  },
  { name: 'admin', title: 'Admin', variables: adminVariables },
  { name: 'wattfleet', title: 'Provisioner (`wattfleet`)', variables: provisionerVariables },
];

const files: Record<string, string> = {
  '.env.example': envExample(programs),
  'docs/reference/configuration.md': configurationReference(programs),
  'docs/reference/dashboards.md': dashboardReference(),
  'docs/reference/errors.md': errorReference(),
  'docs/reference/wattfleet.md': wattfleetReference(),
  ...dashboardTexts(),
  [`${formatFolder}/index.ts`]: await formatIndex(path.join(packageRoot, formatFolder)),
};

async function isInStep(file: string, text: string): Promise<boolean> {
  return (await readFile(path.join(packageRoot, file), 'utf8').catch(() => '')) === text;
}

const isCheck = process.argv.includes('--check');
for (const [file, text] of Object.entries(files)) {
  if (await isInStep(file, text)) continue;
  if (isCheck) {
    console.error(`${file} is out of step with the code: run \`npm run generate\``);
    process.exitCode = 1;
    continue;
  }
  await mkdir(path.dirname(path.join(packageRoot, file)), { recursive: true });
  await writeFile(path.join(packageRoot, file), text);
  console.log(`wrote ${file}`);
}
