import { rotateAdminPassword } from './rotate-admin-password.js';
import { rotateDb } from './rotate-db.js';
import { rotateGrafana } from './rotate-grafana.js';
import { rotatePushToken } from './rotate-push-token.js';
import { rotateSessionKeys } from './rotate-session-keys.js';
import { rotateSftp } from './rotate-sftp.js';
import type { Rotation, RotationName } from './rotation.js';

/** Every kind of secret that can be rotated. */
export const rotations: Record<RotationName, Rotation> = {
  db: rotateDb,
  grafana: rotateGrafana,
  'admin-password': rotateAdminPassword,
  'push-token': rotatePushToken,
  'session-keys': rotateSessionKeys,
  sftp: rotateSftp,
};
