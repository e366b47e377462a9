import type { EdgeSettings } from './edge-settings.js';
import { hostSpecSchema, type HostSpec } from './host-spec.js';
import { parseSpec } from './parse-spec.js';

/**
 * Reads the text of a `host.yaml`.
 * @throws CodedError HOST_SPEC_INVALID naming every unknown key and bad value by its path, or YAML faults by line and column
 */
export function parseHostSpec(text: string): HostSpec {
  return parseSpec(text, { name: 'host.yaml', schema: hostSpecSchema, code: 'HOST_SPEC_INVALID' });
}

/** Names on the engine that the host's stacks share. */
export function hostNames({ networks: { namePrefix } }: HostSpec) {
  return {
    /** Compose project of a stack of the host. */
    project: (stack: string) => `${namePrefix}${stack}`,
    /** A network of one stack. */
    network: (stack: string, name: string) => `${namePrefix}${stack}_${name}`,
    /** The one network in which Traefik meets the host's own services. No tenant joins it. */
    publicNetwork: `${namePrefix}traefik-public`,
    /**
     * The network through which the world reaches Traefik. The engine leads a container's published ports through the
     * first of its networks by name; no other one sorts before a digit, so that they stay where they are whenever
     * Traefik joins or leaves a tenant's.
     */
    frontNetwork: `0-${namePrefix}edge`,
    /** As `frontNetwork`, for the SFTP server, which joins and leaves tenants' networks, too. */
    sftpFrontNetwork: `0-${namePrefix}sftp`,
  };
}

/** What the tenants of the host have to know of its edge. */
export function edgeOf(spec: HostSpec): EdgeSettings {
  return {
    project: hostNames(spec).project('edge'),
    certResolver: spec.tls.challenge === 'own' ? undefined : 'le',
    trustedIps: spec.trustedIps,
  };
}
