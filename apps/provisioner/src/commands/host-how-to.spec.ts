import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseHostSpec } from '#libs/stack';
import { FakeDocker, filesIn, newRoot, wattfleet } from '../testing/provisioner.fixtures.js';

const page = readFileSync(path.join(import.meta.dirname, '../../../../docs/how-to/first-host.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map((found) => found[1] ?? '');
const commands = blocks('sh').map((block) =>
  block
    .trim()
    .split('\n')
    .map((line) => line.replace('npm run -s wattfleet -- ', '')),
);

/** A root with the files that the page speaks of, and the page's command lines with their places in it. */
function host() {
  const root = newRoot();
  const certificates = path.join(root, 'etc/certificates');
  mkdirSync(certificates, { recursive: true });
  const files = ['-keyout', path.join(certificates, 'a.key'), '-out', path.join(certificates, 'a.crt')];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', '-subj', '/CN=x', ...key, ...files], { stdio: 'ignore' });
  const argv = (line: string) =>
    line
      .replace('/etc/wattfleet/certificates', certificates)
      .replace(/--install-units$/, `--install-units ${root}/etc`)
      .split(' ');
  return { root, argv };
}

describe('docs/how-to/first-host.md', () => {
  it.each(commands)('has commands that do what they say: %s', async (...lines) => {
    const { root, argv } = host();
    const isFirst = lines[0]?.includes('--email') || lines[0]?.includes('--certificates');
    if (!isFirst) writeFileSync(path.join(root, 'host.yaml'), 'tls: {email: ops@example.com}\n');
    const docker = new FakeDocker();
    for (const line of lines) {
      const { exitCode, stderr } = await wattfleet(root, argv(line), { docker });
      expect([line, exitCode, stderr]).toEqual([line, 0, expect.not.stringContaining('error')]);
    }
    const files = filesIn(root);
    expect(Object.keys(files)).toContain(
      lines[0]?.startsWith('host') ? 'edge/compose.yaml' : 'abc0001/compose.yaml',
    );
    if (lines[0]?.includes('--pool')) expect(files['edge/compose.yaml']).toContain('subnet: 10.64.');
    if (lines[0]?.includes('--admin-host'))
      expect(files['admin/compose.yaml']).toContain('admin.example.com');
    expect(docker.calls.some((call) => call.includes(' up --detach '))).toBe(true);
  });

  it.each(blocks('yaml'))('has pieces of host.yaml that are valid: %s', (piece) => {
    const whole = { tls: { email: 'ops@example.com' }, ...(parse(piece) as object) };
    expect(parseHostSpec(JSON.stringify(whole))).toBeDefined();
  });

  it('has them all', () => {
    expect([commands.length, blocks('yaml').length]).toEqual([6, 4]);
  });
});
