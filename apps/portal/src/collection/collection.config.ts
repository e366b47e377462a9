import { variable, type Secret, type Values } from '#libs/config';
import type { InputProblem } from '#libs/errors';
import { readPinnedKey, type PinnedKey } from './host-key.js';

/** What the portal must know of a server that it collects from. */
export interface SftpSettings {
  host: string;
  port: number;
  user: string;
  password: Secret | undefined;
  privateKey: Secret | undefined;
  /** Undefined: nobody has checked it yet, and no connection is made. */
  hostKey: PinnedKey | undefined;
  /** On the server; relative to where its user begins. */
  folder: string;
}

/** Of the server alone: the command `import --sftp` reads these, too. */
export const sftpVariables = {
  SFTP_HOST: variable.text('Server that meter files are collected from over SFTP.', {
    optional: true,
    example: 'sftp.portal.example.com',
  }),
  SFTP_PORT: variable.port('Port of the SFTP server.', { default: '22' }),
  SFTP_USER: variable.text('User on the SFTP server.', { optional: true, example: 'abc0001' }),
  SFTP_PASSWORD: variable.secret(1, 'Password of the user; or SFTP_PRIVATE_KEY.', { optional: true }),
  SFTP_PRIVATE_KEY: variable.secret(
    100,
    'Private key of the user, OpenSSH or PEM, without a passphrase. Best as a file.',
    { optional: true },
  ),
  SFTP_HOST_KEY: variable.text(
    'Host key that the server must show: its fingerprint, or the public key. Until it is set, the error names what was seen.',
    { optional: true, example: 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU' },
  ),
  SFTP_FOLDER: variable.text(
    'Folder on the server; files lie at <site>/<device serial>/<file>.tsv below it. By default where the user begins.',
    { default: '.' },
  ),
};

export const collectionVariables = {
  ...sftpVariables,
  IMPORT_SETTLE_SECONDS: variable.integer(0, 3_600)(
    'Seconds for which size and time of a file must not change before it is read.',
    { default: '2' },
  ),
  IMPORT_HOOK_SECRET: variable.secret(
    16,
    'Secret of POST /api/imports/hooks/sftpgo, by which a server says that a file has come.',
    { optional: true },
  ),
};

type SftpValues = Values<typeof sftpVariables>;

/** @returns undefined where no server is collected from */
export function sftpSettings(values: SftpValues): SftpSettings | undefined {
  const { SFTP_HOST: host, SFTP_USER: user } = values;
  if (host === undefined || user === undefined) return undefined;
  return {
    host,
    user,
    port: values.SFTP_PORT,
    password: values.SFTP_PASSWORD,
    privateKey: values.SFTP_PRIVATE_KEY,
    hostKey: values.SFTP_HOST_KEY === undefined ? undefined : readPinnedKey(values.SFTP_HOST_KEY),
    folder: values.SFTP_FOLDER,
  };
}

/** The variables of the server belong together: all that are needed, or none. */
export function checkSftp(values: SftpValues): InputProblem[] {
  const { SFTP_HOST, SFTP_USER, SFTP_PASSWORD, SFTP_PRIVATE_KEY, SFTP_HOST_KEY } = values;
  const others = { SFTP_USER, SFTP_PASSWORD, SFTP_PRIVATE_KEY, SFTP_HOST_KEY };
  if (SFTP_HOST === undefined) {
    return Object.entries(others)
      .filter(([, value]) => value !== undefined)
      .map(([path]) => ({ path, message: 'says nothing without SFTP_HOST' }));
  }
  const problems: InputProblem[] = [];
  if (SFTP_USER === undefined) {
    problems.push({ path: 'SFTP_USER', message: 'is required when SFTP_HOST is set' });
  }
  if ((SFTP_PASSWORD === undefined) === (SFTP_PRIVATE_KEY === undefined)) {
    problems.push({ path: 'SFTP_PASSWORD', message: 'or SFTP_PRIVATE_KEY is required, and not both' });
  }
  if (SFTP_HOST_KEY !== undefined && readPinnedKey(SFTP_HOST_KEY) === undefined) {
    problems.push({
      path: 'SFTP_HOST_KEY',
      message: 'must be a fingerprint such as SHA256:… or a public key such as ssh-ed25519 AAAA…',
    });
  }
  return problems;
}
