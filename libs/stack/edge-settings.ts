import type { ComposeNetwork } from './compose-model.js';
import { addressOf, firstHalf, formatSubnet, parseSubnet } from './subnet.js';

/** What a routed service has to know of the host's edge proxy. */
export interface EdgeSettings {
  /** Compose project of the edge. It serves only containers whose label `wattfleet.edge` names it. */
  project: string;
  /** Traefik's resolver of certificates; undefined where the host has certificates of its own. */
  certResolver: string | undefined;
  /** Proxies in front of the edge, whose word for the client's address counts. */
  trustedIps: readonly string[];
}

/** The edge of a host.yaml that says nothing else. */
export const defaultEdge: EdgeSettings = { project: 'edge', certResolver: 'le', trustedIps: [] };

/** The ranges of a tenant's two networks, such as `10.200.0.0/28`. */
export interface TenantNetworks {
  edge: string;
  private: string;
}

/** Where Traefik stands in a network that it joins: the last address that a container can have. */
export function traefikAddress(subnet: string): string {
  return addressOf(parseSubnet(subnet), -2);
}

/** Ports inside SFTPGo's container: of SSH, and of its REST API. */
export const sftpPorts = { ssh: 2022, api: 8080 };

/** Where the host's SFTP server stands in the edge network of a tenant that uses it: the address before Traefik's. */
export function sftpAddress(subnet: string): string {
  return addressOf(parseSubnet(subnet), -3);
}

/** Where its REST API listens, in a network that only the host itself reaches. */
export function sftpApiAddress(subnet: string): string {
  return addressOf(parseSubnet(subnet), -2);
}

/**
 * A network of its own range. Docker gives out addresses of the first half only, so that the ones we give out in the
 * second are free.
 */
export function networkOf(name: string, subnet: string | undefined): ComposeNetwork {
  if (subnet === undefined) return { name };
  const ip_range = formatSubnet(firstHalf(parseSubnet(subnet)));
  return { name, ipam: { config: [{ subnet, ip_range }] } };
}
