import { mkdir } from 'node:fs/promises';
import { CodedError } from '#libs/errors';
import { defaultHostImages, hostYaml, newHost, parseHostSpec, type HostSpec } from '#libs/stack';
import { readHost } from '../hosts/host.js';
import type { ProvisionerConfig } from '../provisioner.config.js';

/** Options of `host init` that say what a new host.yaml holds. */
export interface HostOptions {
  email?: string;
  certificates?: string;
  adminHost?: string;
  adminEmail?: string;
  pool?: string;
}

/** host.yaml as it is, or the one that the options make. `yaml` is the text to be written, if any. */
export async function readOrMakeHost(
  config: ProvisionerConfig,
  { email, certificates, adminHost, adminEmail, pool }: HostOptions,
): Promise<{ spec: HostSpec; yaml?: string }> {
  await mkdir(config.root, { recursive: true });
  const given = { email, certificates, adminHost, adminEmail, pool };
  const present = await readHost(config.root);
  if (present !== undefined) {
    refuseOthers(present, given);
    return { spec: present };
  }
  if (email === undefined && certificates === undefined) {
    const message =
      "is required on a host without host.yaml (or --certificates, where Let's Encrypt is not wanted)";
    throw new CodedError('USAGE', { problems: [{ path: '--email', message }] });
  }
  const { traefik, socketProxy } = defaultHostImages(config.version);
  const yaml = hostYaml(newHost({ ...given, images: { traefik, socketProxy } }));
  return { spec: parseHostSpec(yaml), yaml };
}

/** Options say what a new host.yaml holds; one that is there is the truth. @throws CodedError USAGE where they differ */
function refuseOthers(
  { tls, admin, networks }: HostSpec,
  given: { [key in keyof HostOptions]: string | undefined },
): void {
  const pairs: [option: string, given: string | undefined, present: string | undefined][] = [
    ['--email', given.email, tls.email],
    ['--certificates', given.certificates, tls.folder],
    ['--admin-host', given.adminHost, admin?.host],
    ['--admin-email', given.adminEmail, admin?.email],
    ['--pool', given.pool, networks.pool],
  ];
  const problems = pairs.flatMap(([path, wanted, present]) =>
    wanted === undefined || wanted === present
      ? []
      : [{ path, message: `host.yaml says ${present ?? 'nothing of it'}; edit host.yaml instead` }],
  );
  if (problems.length > 0) throw new CodedError('USAGE', { problems });
}
