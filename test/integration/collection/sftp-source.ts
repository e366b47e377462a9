import { readSftpSettings } from '../../../apps/portal/src/portal.config.js';
import { FileSource } from '../../../apps/portal/src/collection/file-source.js';
import { SftpStore } from '../../../apps/portal/src/collection/sftp-store.js';
import type { SftpServer } from '../../programs/sftp-server.js';

/** A new source for one connection, as a portal of these variables makes it. */
export function sftpSource(
  server: SftpServer,
  environment: Record<string, string> = {},
  options: { timeoutMs?: number; stagingFolder?: string } = {},
): FileSource {
  const settings = readSftpSettings({ ...server.environment(), ...environment });
  return new FileSource(new SftpStore(settings, options.timeoutMs), options.stagingFolder);
}
