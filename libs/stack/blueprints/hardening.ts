import { literal, type ComposeHealthcheck, type Hardening } from '../compose-model.js';
import type { TenantSpec } from '../tenant-spec.js';

/** Ceilings of one service: memory in Docker's notation, processes, cores. */
export type Limits = TenantSpec['limits']['portal'];

/**
 * The confinement every service gets, of a tenant and of the host: no capability, no way to gain one, a root file system it cannot
 * write, and a ceiling on memory, processes, CPU and log size.
 * @param tmpfs folders that the program writes and may lose at a restart
 */
export function hardening(limits: Limits, tmpfs: string[]): Hardening {
  return {
    init: true,
    restart: 'unless-stopped',
    read_only: true,
    tmpfs: tmpfs.map((folder) => `${folder}:size=64m,mode=1777`),
    security_opt: ['no-new-privileges:true'],
    cap_drop: ['ALL'],
    mem_limit: limits.memory,
    pids_limit: limits.pids,
    cpus: limits.cpus,
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } },
  };
}

/** A health check every 15 s; `startSeconds` is how long a first start may take before a failure counts. */
export function healthcheck(startSeconds: number, ...command: string[]): ComposeHealthcheck {
  return {
    test: ['CMD', ...command],
    interval: '15s',
    timeout: '5s',
    retries: 4,
    start_period: `${startSeconds}s`,
  };
}

/** The labels by which ops select containers: the tenant, and what `tenant.yaml` says under `labels`. */
export function tenantLabels(slug: string, labels: TenantSpec['labels']): Record<string, string> {
  const own = Object.entries(labels).map(([key, value]) => [`wattfleet.label.${key}`, literal(value)]);
  return { 'wattfleet.tenant': slug, ...Object.fromEntries(own) };
}

/** The label by which the host's own containers are told from those of tenants. */
export function hostLabels(stack: string): Record<string, string> {
  return { 'wattfleet.host': stack };
}
