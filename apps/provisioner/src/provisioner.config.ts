import path from 'node:path';
import { readEnvironment, variable, type Environment } from '#libs/config';

/** Every environment variable the provisioner reads. */
export const provisionerVariables = {
  WATTFLEET_ROOT: variable.text('Folder that holds one folder per tenant.', { default: '/srv/portal' }),
  WATTFLEET_PROVISIONING_DIR: variable.text(
    "Folder on the Docker host that the stacks mount read-only. Default: the program's own `provisioning/`.",
    { optional: true, example: '/opt/wattfleet/provisioning' },
  ),
  WATTFLEET_SFTP_API: variable.url(
    "URL of SFTPGo's REST API, where its address in the host's own network is not reached from here.",
    { optional: true, example: 'http://127.0.0.1:8080' },
  ),
  NO_COLOR: variable.text('Any value switches colours off.', { optional: true, example: '1' }),
};

/** How this run of the provisioner is set up. Folders are absolute paths. */
export interface ProvisionerConfig {
  root: string;
  /** Holds the templates, `compose/<blueprint>/`. */
  composeDir: string;
  provisioningDir: string;
  /** The compiled program, for what starts it later. */
  programFile: string;
  version: string;
  /** Default: where the host's SFTP server listens in a network of its own. */
  sftpApi: URL | undefined;
  noColour: boolean;
}

/** The provisioner's own files and version. */
export interface Package {
  folder: string;
  version: string;
}

/**
 * @param environment the process's own unless a test gives another
 * @throws CodedError CONFIG_INVALID
 */
export function readProvisionerConfig(
  { folder, version }: Package,
  // oxlint-disable-next-line node/no-process-env -- the one place of this program that reads the environment
  environment: Environment = process.env,
): ProvisionerConfig {
  const values = readEnvironment(provisionerVariables, environment);
  return {
    root: path.resolve(values.WATTFLEET_ROOT),
    composeDir: path.join(folder, 'compose'),
    provisioningDir: path.resolve(values.WATTFLEET_PROVISIONING_DIR ?? path.join(folder, 'provisioning')),
    programFile: path.join(folder, 'dist/apps/provisioner/src/main.js'),
    version,
    sftpApi: values.WATTFLEET_SFTP_API,
    noColour: values.NO_COLOR !== undefined,
  };
}
