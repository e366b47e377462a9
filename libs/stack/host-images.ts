/** The images a host gets that names none. */
export function defaultHostImages(version: string) {
  return {
    traefik: 'traefik:v3.7.15',
    socketProxy: 'wollomatic/socket-proxy:1.12.2',
    admin: `wattfleet:${version}`,
    timescaledb: 'timescale/timescaledb:2.22.1-pg17',
    prometheus: 'prom/prometheus:v3.5.0',
    sftp: 'drakkan/sftpgo:v2.7.5',
  };
}

export type HostImages = ReturnType<typeof defaultHostImages>;
