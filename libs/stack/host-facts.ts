/** What the pure part of `host init` is told about the machine, beside host.yaml. */
export interface HostFacts {
  /** Absolute path of the project's `provisioning/` on the Docker host. */
  provisioningDir: string;
  /** Version of the provisioner, whose image Admin gets unless host.yaml names one. */
  version: string;
  /** `uid:gid` that Traefik runs as: who owns the folder in which it keeps its certificates. */
  traefikUser: string;
  /** Group that may use the engine's socket. */
  engineGroup: number;
  /** Range of each network of the host, by the network's name. */
  subnets: Readonly<Record<string, string>>;
  /** The host's own certificates. */
  certificates: readonly CertificatePair[];
}

/** A certificate with its chain, and its key, both as PEM. */
export interface CertificatePair {
  name: string;
  certificate: string;
  key: string;
}
