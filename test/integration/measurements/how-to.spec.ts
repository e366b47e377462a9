import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMeteredPortal, type MeteredPortal } from './metered-portal.js';
import { runPolicies } from '../test-database.js';

const file = path.resolve(import.meta.dirname, '../../../docs/how-to/send-measurements.md');
/** Commands, each with the answer that follows it. */
const blocks = [
  ...readFileSync(file, 'utf8').matchAll(
    /```sh\n(?<command>[^]*?)```(?:\n\n```(?<type>json|csv)\n(?<answer>[^]*?)```)?/g,
  ),
].map(({ groups }) => groups as { command: string; type?: string; answer?: string });
const commands = blocks.filter(({ command }) => command.includes('curl'));

const anyUuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const uuidOfTheGuide = '0198d1f6-0000-7000-8000-000000000000';

let portal: MeteredPortal;
let token: string;

beforeAll(async () => {
  portal = await startMeteredPortal();
  await portal.dataSource.query(
    `UPDATE monitoring.channel SET label = 'Ch1', name = 'Main meter' WHERE external_id = 'main-meter'`,
  );
  token = (await portal.makeToken(['measurements:read', 'measurements:write'])).secret;
});
afterAll(() => portal.close());

/** As somebody types it who has set the two variables. */
async function run(command: string): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', PORTAL: portal.url, TOKEN: token };
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', command], { env });
  return stdout.replaceAll(anyUuid, uuidOfTheGuide).replaceAll('\r\n', '\n');
}

const hasCurl = spawnSync('curl', ['--version']).status === 0;

// In their order: the later ones read what the earlier ones have sent.
describe.skipIf(!hasCurl)('docs/how-to/send-measurements.md (needs curl)', () => {
  it('has commands that are tried here', () => {
    expect(commands).toHaveLength(5);
    expect(commands.filter(({ answer }) => answer !== undefined)).toHaveLength(4);
  });

  it.each(commands)('$command', async ({ command, type, answer }) => {
    if (command.includes('bucket=')) await runPolicies(portal);
    const output = await run(command);
    if (answer === undefined) expect(JSON.parse(output)).toHaveProperty('channels.0.externalId');
    else if (type === 'json') expect(JSON.parse(output)).toEqual(JSON.parse(answer));
    else expect(output).toBe(answer);
  });
});
