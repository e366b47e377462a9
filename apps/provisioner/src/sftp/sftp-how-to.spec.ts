import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseHostSpec, parseTenantSpec } from '#libs/stack';
import { hostWithSftp } from '../testing/sftp-host.fixtures.js';

const page = readFileSync(path.join(import.meta.dirname, '../../../../docs/how-to/sftp.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map((found) => found[1] ?? '');
const lines = blocks('sh').flatMap((block) => block.trim().split('\n'));

describe('docs/how-to/sftp.md', () => {
  it('has commands that do what they say, in their order', async () => {
    const { run, sftpgo, docker } = await hostWithSftp();
    for (const line of lines) {
      const argv = line.split(' ').slice(1);
      const { exitCode, stdout, stderr } = await run(...argv);
      // The rest of the stack is not there to be found well.
      if (argv[0] === 'verify') expect(stdout).toContain('the user signs in');
      else expect([line, exitCode, stderr]).toEqual([line, 0, expect.not.stringContaining('error')]);
    }
    expect(docker.calls.some((call) => call.includes('/sftp up --detach '))).toBe(true);
    expect(Object.keys(sftpgo.things.users)).toEqual(['abc0001']);
  });

  it.each(blocks('yaml'))('has pieces of host.yaml and tenant.yaml that are valid: %s', (piece) => {
    const given = parse(piece) as object;
    if ('profiles' in given) {
      const whole = { tls: { email: 'ops@example.com' }, ...given };
      expect(parseHostSpec(JSON.stringify(whole))).toMatchObject({ profiles: { sftp: true } });
      return;
    }
    const tenant = { code: 'ABC0001', host: 'abc0001.portal.example.com', adminEmail: 'a@example.com' };
    expect(parseTenantSpec(JSON.stringify({ ...tenant, ...given }))).toMatchObject(given);
  });

  it('has them all', () => {
    expect([lines.length, blocks('yaml').length]).toEqual([8, 4]);
  });
});
