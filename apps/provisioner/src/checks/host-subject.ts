import type { Docker } from '../docker/docker.js';
import type { ProvisionerConfig } from '../provisioner.config.js';
import type { Check } from './finding.js';

/** What a check of the host looks at. */
interface HostSubject {
  config: ProvisionerConfig;
  docker: Docker;
  /** Slugs of all tenants below the root. */
  slugs: readonly string[];
}

export type HostCheck = Check<HostSubject>;
