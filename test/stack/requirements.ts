import { spawnSync } from 'node:child_process';

/** The images that `.ci/images.sh` makes. */
export const images = {
  node: 'wattfleet-ci/node24:ci',
  timescaledb: 'wattfleet-ci/timescale:ci',
  grafana: process.env['GRAFANA_IMAGE'] ?? 'wattfleet-ci/grafana:ci',
  traefik: 'wattfleet-ci/traefik:ci',
  socketProxy: 'wattfleet-ci/socket-proxy:ci',
  sftpgo: process.env['SFTPGO_IMAGE'] ?? 'wattfleet-ci/sftpgo:ci',
};

const isThere = (...args: string[]) => spawnSync('docker', args, { stdio: 'ignore' }).status === 0;

function findMissing(): string | undefined {
  if (!isThere('info')) return 'a container engine (`docker info`)';
  if (!isThere('compose', 'version')) return 'Docker Compose v2 (`docker compose version`)';
  const image = Object.values(images).find((name) => !isThere('image', 'inspect', name));
  return image === undefined ? undefined : `the image ${image} (.ci/images.sh)`;
}

const missing = findMissing();
if (missing !== undefined) {
  const message = `the stack tests need ${missing}`;
  if (process.env['WATTFLEET_NO_SKIP'] === '1') throw new Error(message);
  console.log(`skipped: ${message}`);
}

/** True where this machine cannot run a stack; what is missing has been printed. */
export const skipsStack = missing !== undefined;
