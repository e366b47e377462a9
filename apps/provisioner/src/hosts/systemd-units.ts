import { generatedMarker, type HostSpec, type RenderedFile } from '#libs/stack';
import type { ProvisionerConfig } from '../provisioner.config.js';

/** Name of the units that back up all tenants. */
export const backupUnit = 'wattfleet-backup';

/** A service that backs up all tenants, and the timer that starts it. */
export function backupUnits(
  { root, provisioningDir, programFile }: ProvisionerConfig,
  { backup }: HostSpec,
): RenderedFile[] {
  const command = [process.execPath, programFile, 'backup', '--all', '--due', '--quiet', '--root', root];
  const marker = generatedMarker['host.yaml'];
  const service = `${marker}
[Unit]
Description=Backup of all Wattfleet tenants
Wants=docker.service
After=docker.service

[Service]
Type=oneshot
ExecStart=${command.map(quoted).join(' ')}
Environment=${quoted(`WATTFLEET_PROVISIONING_DIR=${provisioningDir}`)}
# Customers come first.
Nice=10
IOSchedulingClass=idle
# One that hangs does not keep the next from running.
TimeoutStartSec=12h
`;
  const timer = `${marker}
[Unit]
Description=Backup of all Wattfleet tenants, on schedule

[Timer]
OnCalendar=${backup.schedule}
RandomizedDelaySec=10min
# What was missed while the host was off is made up for.
Persistent=true

[Install]
WantedBy=timers.target
`;
  return [
    { path: `${backupUnit}.service`, text: service, mode: 0o644 },
    { path: `${backupUnit}.timer`, text: timer, mode: 0o644 },
  ];
}

/** A word as systemd reads it: specifiers and variables stay text. */
function quoted(word: string): string {
  const text = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w/.:=@%$,+-]+$/.test(text) ? text : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
