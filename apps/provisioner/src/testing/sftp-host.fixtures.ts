import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FakeTenant } from './fake-tenant.fixtures.js';
import { host, newRoot, wattfleet } from './provisioner.fixtures.js';
import { startSftpgo } from './sftpgo.fixtures.js';

/** A host whose SFTP server is the stand-in, on which a tenant's containers run. */
export async function hostWithSftp() {
  const root = newRoot();
  const data = path.join(newRoot(), 'data');
  const yaml = `tls: {email: ops@example.com}\nprofiles: {sftp: true}\nsftp: {folder: ${data}}\n`;
  writeFileSync(path.join(root, 'host.yaml'), yaml);
  const tenant = new FakeTenant();
  const { docker } = tenant;
  docker
    .answer(/^ps .*project=sftp .*service=sftp/, 'id-of-sftp')
    .answer(/^network ls/, 'abc0001_edge\tid-1\nabc0001_private\tid-2')
    .answer(/^network inspect .* abc0001_edge$/, () => subnetOf(root, 'abc0001_edge'))
    .answer(/^network inspect .* abc0001_private$/, () => subnetOf(root, 'abc0001_private'))
    .answer(/^inspect --format \{\{json \.NetworkSettings/, '{}')
    .answer(/^inspect --format \{\{json \.NetworkSettings.* id-of-sftp$/, () => attached(docker.calls));
  await wattfleet(root, ['host', 'init', '--no-start'], { docker });
  const password = valueIn(path.join(root, 'sftp/.env'), 'ADMIN_PASSWORD');
  const sftpgo = await startSftpgo(password);
  const environment = { WATTFLEET_SFTP_API: sftpgo.url.href };
  const run = (...argv: string[]) => wattfleet(root, argv, { docker, environment });
  return { root, data, docker, tenant, run, sftpgo };
}

/** The same with the tenant ABC0001, which uses it. */
export async function tenantWithSftp() {
  const made = await hostWithSftp();
  const { root, sftpgo, docker } = made;
  await made.run('create', 'ABC0001', ...host, '--sftp');
  const folder = path.join(root, 'abc0001');
  const secret = (name: string) => valueIn(path.join(folder, '.env'), name);
  const edit = (name: string, from: string, to: string) => {
    const file = path.join(folder, name);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(from, () => to),
    );
  };
  const accepts = async (password: string) => {
    const authorization = `Basic ${Buffer.from(`abc0001:${password}`).toString('base64')}`;
    return (await fetch(new URL('/api/v2/user/token', sftpgo.url), { headers: { authorization } })).ok;
  };
  const environment = { WATTFLEET_SFTP_API: 'http://127.0.0.1:1' };
  const run = Object.assign(made.run, {
    /** As `run`, on a host whose SFTP server is down. */
    without: (...argv: string[]) => wattfleet(root, argv, { docker, environment }),
  });
  return { ...made, run, folder, secret, edit, sftpgo: { ...sftpgo, accepts } };
}

function valueIn(file: string, name: string): string {
  return new RegExp(`^${name}=(.*)$`, 'm').exec(readFileSync(file, 'utf8'))?.[1] ?? '';
}

function subnetOf(root: string, network: string): string {
  const text = readFileSync(path.join(root, '.wattfleet/subnets.jsonl'), 'utf8');
  return new RegExp(`"network":"${network}","subnet":"([^"]+)"`).exec(text)?.[1] ?? '';
}

/** The networks that the SFTP server has joined and not left, as the engine tells of them. */
function attached(calls: readonly string[]): string {
  const networks: Record<string, object> = {};
  for (const call of calls) {
    const [, verb, address, name = ''] =
      /^network (connect|disconnect) (?:--ip (\S+)|--force) (\S+) id-of-sftp$/.exec(call) ?? [];
    if (verb === 'connect') networks[name] = { NetworkID: 'id-1', IPAMConfig: { IPv4Address: address } };
    if (verb === 'disconnect') delete networks[name];
  }
  return JSON.stringify(networks);
}
