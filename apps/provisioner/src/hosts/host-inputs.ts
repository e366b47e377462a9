import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '#libs/errors';
import { envValues, parseEnvFile, type CertificatePair, type HostSpec } from '#libs/stack';

/** What the files say that host.yaml names. */
export interface HostInputs {
  certificates: CertificatePair[];
  /** Credentials of the DNS provider and users of the dashboard: secrets of the edge, by name. */
  edgeSecrets: Record<string, string>;
}

/** @throws CodedError HOST_SPEC_INVALID naming the key whose file is missing or wrong, never what is in it */
export async function readHostInputs({ tls, dashboard }: HostSpec): Promise<HostInputs> {
  const { challenge, dns, folder } = tls;
  const credentials = challenge === 'dns' && dns !== undefined ? await readCredentials(dns.envFile) : {};
  const users =
    dashboard.enabled && dashboard.usersFile !== undefined ? await readUsers(dashboard.usersFile) : {};
  return {
    certificates: challenge === 'own' && folder !== undefined ? await readCertificates(folder) : [],
    edgeSecrets: { ...credentials, ...users },
  };
}

/** Group that may use the engine's socket; 0 where there is none yet. */
export async function engineGroupOf(socket: string): Promise<number> {
  try {
    return (await stat(socket)).gid;
  } catch {
    return 0;
  }
}

async function readCredentials(file: string): Promise<Record<string, string>> {
  const key = 'tls.dns.envFile';
  const text = await readText(file, key);
  let values: Map<string, string>;
  try {
    values = envValues(parseEnvFile(text));
  } catch {
    throw invalid(key, `${file} must hold NAME=value lines`);
  }
  const names = [...values.keys()];
  if (names.length === 0 || !names.every((name) => /^[A-Z][A-Z0-9_]*$/.test(name))) {
    throw invalid(key, `${file} must hold the provider's variables, in capital letters`);
  }
  return Object.fromEntries(values);
}

async function readUsers(file: string): Promise<Record<string, string>> {
  const lines = (await readText(file, 'dashboard.usersFile'))
    .split('\n')
    .filter((line) => line.trim() !== '');
  // apr1 and plain SHA-1 are Traefik's other two; both are quickly guessed.
  if (lines.length > 0 && lines.every((line) => /^[^:\s]+:\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/.test(line))) {
    return { DASHBOARD_USERS: `${lines.join('\n')}\n` };
  }
  throw invalid('dashboard.usersFile', `${file} must hold lines of \`htpasswd -nB NAME\``);
}

async function readCertificates(folder: string): Promise<CertificatePair[]> {
  const key = 'tls.folder';
  const names = (await listFolder(folder, key))
    .filter((name) => /^[A-Za-z0-9_*.-]+\.crt$/.test(name))
    .map((name) => name.slice(0, -'.crt'.length))
    .toSorted();
  if (names.length === 0) throw invalid(key, `${folder} holds no NAME.crt with its NAME.key`);
  const pairs: CertificatePair[] = [];
  for (const name of names) {
    const pair = {
      name,
      certificate: await readText(path.join(folder, `${name}.crt`), key),
      key: await readText(path.join(folder, `${name}.key`), key),
    };
    checkPair(pair, key);
    pairs.push(pair);
  }
  return pairs;
}

function checkPair({ name, certificate, key: privateKey }: CertificatePair, key: string): void {
  let fits: boolean;
  let validTo: Date;
  try {
    const parsed = new X509Certificate(certificate);
    fits = parsed.checkPrivateKey(createPrivateKey(privateKey));
    validTo = parsed.validToDate;
  } catch {
    throw invalid(key, `${name}.crt and ${name}.key must be PEM, the key without a passphrase`);
  }
  if (!fits) throw invalid(key, `${name}.key is not the key of ${name}.crt`);
  if (validTo < new Date())
    throw invalid(key, `${name}.crt has expired on ${validTo.toISOString().slice(0, 10)}`);
}

async function readText(file: string, key: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw invalid(key, `cannot read ${file}`);
  }
}

async function listFolder(folder: string, key: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    throw invalid(key, `cannot read ${folder}`);
  }
}

function invalid(path: string, message: string): CodedError {
  return new CodedError('HOST_SPEC_INVALID', { problems: [{ path, message }] });
}
