import { readOnlyBind, type ComposeService } from '../compose-model.js';
import { networkOf, sftpApiAddress, sftpPorts } from '../edge-settings.js';
import { sshHostKey } from '../host-key.js';
import type { HostSpec } from '../host-spec.js';
import { generatedMarker, type RenderedFile } from '../render.js';
import { hostNames } from '../parse-host-spec.js';
import { hardening, healthcheck, hostLabels } from './hardening.js';
import type { HostBlueprint } from './host-blueprint.js';

/** Files of tenants inside the container, a folder each, whatever the host calls it. */
export const sftpData = '/srv/sftp/data';

const state = '/var/lib/sftpgo';
const hostKey = 'ssh_host_ed25519_key';

/**
 * The blueprint `sftp`: SFTPGo, to which meters and gateways upload. Besides, it joins the edge network of every tenant
 * that uses it, as Traefik does, so that the tenant's portal collects from it and is told of what has come.
 */
export const sftpBlueprint: HostBlueprint = (spec, { subnets }, images, secrets) => {
  const names = hostNames(spec);
  const apiName = names.network('sftp', 'api');
  const api = networkOf(apiName, subnets[apiName]);
  const address = sftpApiAddress(subnets[apiName] ?? '');
  return {
    compose: {
      name: names.project('sftp'),
      services: { sftp: sftpService(spec, address) },
      networks: {
        front: networkOf(names.sftpFrontNetwork, subnets[names.sftpFrontNetwork]),
        api: { ...api, internal: true },
      },
      volumes: { 'sftp-state': { name: names.network('sftp', 'sftp-state') } },
      secrets: { [hostKey]: { file: `./secrets/${hostKey}` } },
    },
    variables: { SFTP_IMAGE: images.sftp },
    files: secretsAsFiles(secrets),
  };
};

function sftpService(spec: HostSpec, apiAddress: string): ComposeService {
  return {
    image: '${SFTP_IMAGE}',
    // The image's own user.
    user: '1000:1000',
    ...hardening({ memory: '512m', pids: 300, cpus: 1 }, ['/tmp']),
    // Uploads that are under way have 25 s.
    stop_grace_period: '30s',
    sysctls: { 'net.ipv4.ip_forward': '0' },
    environment: { ...server, ...sftpd, ...httpd(apiAddress) },
    secrets: [hostKey],
    volumes: [
      { type: 'volume', source: 'sftp-state', target: state },
      readOnlyBind('./secrets/env.d', `${state}/env.d`),
      {
        type: 'bind',
        source: spec.sftp.folder,
        target: sftpData,
        read_only: false,
        bind: { create_host_path: false },
      },
    ],
    networks: { front: {}, api: { ipv4_address: apiAddress } },
    ports: [
      {
        target: sftpPorts.ssh,
        published: spec.listen.sftp,
        host_ip: spec.listen.address,
        protocol: 'tcp',
      },
    ],
    healthcheck: healthcheck(30, 'sftpgo', 'ping'),
    labels: hostLabels('sftp'),
  };
}

const server = {
  SFTPGO_LOG_FILE_PATH: '',
  SFTPGO_LOG_LEVEL: 'info',
  SFTPGO_GRACE_TIME: '25',
  // From the file in env.d, on the very first start.
  SFTPGO_DATA_PROVIDER__CREATE_DEFAULT_ADMIN: 'true',
  SFTPGO_DATA_PROVIDER__BACKUPS_PATH: `${state}/backups`,
  // Atomic: nobody sees a file before its last byte has come.
  SFTPGO_COMMON__UPLOAD_MODE: '1',
  // Beside the tenants' folders, on their file system: what is under way lies in none of them.
  SFTPGO_COMMON__TEMP_PATH: `${sftpData}/.uploads`,
  // Modes and times that clients want to set are ignored, not refused: many take a refusal for a failed upload.
  SFTPGO_COMMON__SETSTAT_MODE: '1',
  // A customer's meters stand behind one address; users have a limit of their own.
  SFTPGO_COMMON__MAX_PER_HOST_CONNECTIONS: '0',
  SFTPGO_COMMON__MAX_TOTAL_CONNECTIONS: '2000',
};

const sftpd = {
  SFTPGO_SFTPD__BINDINGS__0__PORT: String(sftpPorts.ssh),
  SFTPGO_SFTPD__MAX_AUTH_TRIES: '6',
  // The first is the one that portals pin. Old clients that do not know it get one of the others, made on the first start.
  SFTPGO_SFTPD__HOST_KEYS: `/run/secrets/${hostKey},${state}/id_ecdsa,${state}/id_rsa`,
};

/** REST alone, on the one address that only this host reaches. */
function httpd(address: string): Record<string, string> {
  return {
    SFTPGO_HTTPD__BINDINGS__0__ADDRESS: address,
    SFTPGO_HTTPD__BINDINGS__0__PORT: String(sftpPorts.api),
    SFTPGO_HTTPD__BINDINGS__0__ENABLE_WEB_ADMIN: 'false',
    SFTPGO_HTTPD__BINDINGS__0__ENABLE_WEB_CLIENT: 'false',
    SFTPGO_HTTPD__BINDINGS__0__RENDER_OPENAPI: 'false',
  };
}

/** SFTPGo reads the administrator of its first start from the environment alone, or from files in `env.d`. */
function secretsAsFiles(secrets: Readonly<Record<string, string>>): RenderedFile[] {
  const admin = [
    generatedMarker['host.yaml'],
    `SFTPGO_DEFAULT_ADMIN_USERNAME=${sftpAdmin}`,
    `SFTPGO_DEFAULT_ADMIN_PASSWORD=${secrets['ADMIN_PASSWORD'] ?? ''}`,
  ];
  return [
    { path: 'secrets/env.d/admin.env', text: `${admin.join('\n')}\n`, mode: 0o444 },
    { path: `secrets/${hostKey}`, text: sshHostKey(secrets['HOST_KEY_SEED'] ?? '').pem, mode: 0o444 },
  ];
}

/** SFTPGo's one administrator: the provisioner. */
export const sftpAdmin = 'wattfleet';
