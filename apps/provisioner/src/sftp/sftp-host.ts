import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CodedError, hasCode } from '#libs/errors';
import {
  envValues,
  hostNames,
  parseEnvFile,
  sftpApiAddress,
  sftpPorts,
  sshHostKey,
  type HostSpec,
} from '#libs/stack';
import { readSubnets } from '../hosts/subnets.js';
import type { ProvisionerConfig } from '../provisioner.config.js';
import { readCurrent } from '../tenants/tenant-folder.js';
import { SftpgoApi } from './sftpgo-api.js';

/** Secrets of the host's SFTP server, and what follows from them. */
interface SftpHost {
  adminPassword: string;
  hostKeyFingerprint: string;
}

/** `sftp/.env` as it was last read: a run over a thousand tenants asks a thousand times. */
const lastRead = new Map<string, { version: string; host: SftpHost | undefined }>();

/** The host's SFTP server as `host init` has written it; undefined where host.yaml asks for none or it is not written yet. */
export async function readSftpHost(root: string, host: HostSpec | undefined): Promise<SftpHost | undefined> {
  if (host?.profiles.sftp !== true) return undefined;
  const file = path.join(root, 'sftp', '.env');
  try {
    const { mtimeMs, size, ino } = await stat(file);
    const version = `${ino} ${mtimeMs} ${size}`;
    const known = lastRead.get(file);
    if (known?.version === version) return known.host;
    const env = envValues(parseEnvFile((await readCurrent(root, 'sftp/.env'))?.text ?? ''));
    const [adminPassword, seed] = [env.get('ADMIN_PASSWORD'), env.get('HOST_KEY_SEED')];
    const read = !adminPassword || !seed ? undefined : { adminPassword, ...fingerprintOf(seed) };
    lastRead.set(file, { version, host: read });
    return read;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** One of this process, by address: each sign-in costs SFTPGo a slow hash. */
const signedIn = new Map<string, Promise<SftpgoApi>>();

/** @throws CodedError SFTP_MISSING when this host has no SFTP server, SFTPGO_FAILED when it does not answer */
export async function openSftp(
  config: Pick<ProvisionerConfig, 'root' | 'sftpApi'>,
  host: HostSpec | undefined,
): Promise<SftpgoApi> {
  const server = await readSftpHost(config.root, host);
  if (host === undefined || server === undefined) throw new CodedError('SFTP_MISSING');
  const url = config.sftpApi ?? (await apiUrl(config.root, host));
  const key = `${url.href} ${server.adminPassword}`;
  const known = signedIn.get(key) ?? SftpgoApi.signIn(url, server.adminPassword);
  signedIn.set(key, known);
  // One that failed is tried anew by the next tenant.
  known.catch(() => signedIn.delete(key));
  return known;
}

async function apiUrl(root: string, host: HostSpec): Promise<URL> {
  const subnet = (await readSubnets(root)).get(hostNames(host).network('sftp', 'api'));
  if (subnet === undefined) throw new CodedError('SFTP_MISSING');
  return new URL(`http://${sftpApiAddress(subnet)}:${sftpPorts.api}`);
}

function fingerprintOf(seed: string) {
  return { hostKeyFingerprint: sshHostKey(seed).fingerprint };
}
