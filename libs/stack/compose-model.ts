/**
 * The part of the Compose Specification that our stacks use, key for key as it stands in `compose.yaml`.
 * Strings are Compose text: `${NAME}` is a reference to `.env`; text from outside goes through `literal`.
 */
export interface ComposeModel {
  /** The Compose project: the tenant's slug, or the name of a stack of the host. */
  name: string;
  services: Record<string, ComposeService>;
  networks: Record<string, ComposeNetwork>;
  volumes: Record<string, { name: string }>;
  secrets: Record<string, { file: string }>;
}

export interface ComposeService extends Hardening {
  image: string;
  /** `uid:gid`. */
  user: string;
  command?: string[];
  environment: Record<string, string>;
  /** Names of top-level secrets, each mounted at `/run/secrets/<name>`. */
  secrets: string[];
  volumes: ComposeMount[];
  networks: Record<string, { aliases?: string[]; ipv4_address?: string }>;
  /** Ports of the host. Only the host's own stacks have any. */
  ports?: ComposePort[];
  sysctls?: Record<string, string>;
  depends_on?: Record<string, { condition: 'service_healthy' }>;
  healthcheck: ComposeHealthcheck;
  labels: Record<string, string>;
  shm_size?: string;
  stop_grace_period: string;
}

/** What every service has alike, so that no service can be written without it. */
export interface Hardening {
  init: true;
  restart: 'unless-stopped';
  read_only: true;
  tmpfs: string[];
  security_opt: string[];
  cap_drop: string[];
  mem_limit: string;
  pids_limit: number;
  cpus: number;
  logging: { driver: 'json-file'; options: Record<string, string> };
}

interface Bind {
  type: 'bind';
  source: string;
  target: string;
  read_only: boolean;
  bind: { create_host_path: false };
}

type ComposeMount = { type: 'volume'; source: string; target: string; read_only?: true } | Bind;

/** A port of the host that leads to one of the container. */
interface ComposePort {
  target: number;
  published: number;
  host_ip: string;
  protocol: 'tcp';
}

export interface ComposeHealthcheck {
  test: string[];
  interval: string;
  timeout: string;
  retries: number;
  start_period: string;
}

export interface ComposeNetwork {
  name: string;
  internal?: true;
  /** Made by another stack. */
  external?: true;
  ipam?: { config: { subnet: string; ip_range?: string }[] };
}

/** A host folder that a container may only read. A folder that is not there is a mistake to hear about. */
export function readOnlyBind(source: string, target: string): Bind {
  return { type: 'bind', source, target, read_only: true, bind: { create_host_path: false } };
}

/** `text` so that Compose takes it as it is: it would read `$NAME` as a reference. */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}
