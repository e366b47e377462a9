import { writeFileSync } from 'node:fs';

/** In the volume in which Grafana has its database. */
export const passwordFile = '/var/lib/grafana/admin-password';

export function setPassword(password) {
  writeFileSync(passwordFile, password, { mode: 0o600 });
}
