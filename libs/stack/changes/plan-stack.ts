import { isDeepStrictEqual } from 'node:util';
import { fingerprint } from '../mask.js';
import type { CurrentFile } from '../plan.js';
import type { RenderedFile } from '../render.js';
import { dataLoss } from './data-loss.js';
import { deployedStack, type DeployedService, type DeployedStack } from './deployed-stack.js';
import { serviceReasons } from './service-reasons.js';

/**
 * What `up` would do to a service after the files are written. `change`: something about it is new, and its container
 * goes on; `recreate`: its container is made anew.
 */
export interface ServicePlan {
  service: string;
  action: 'create' | 'change' | 'recreate' | 'destroy' | 'unchanged';
  /** `image a → b`, `environment LOG_LEVEL`. */
  reasons: string[];
}

/** A secret that the stack gets or loses, or that has another value. */
interface SecretPlan {
  name: string;
  /** Fingerprints; null where there is no value. */
  from: string | null;
  to: string | null;
}

/** What new files mean for the stack that runs by the old ones. */
export interface StackPlan {
  services: ServicePlan[];
  secrets: SecretPlan[];
  /** What the stack would no longer see of its data. */
  dataLoss: string[];
  /** What else follows, for people. */
  notices: string[];
}

const nothing: DeployedStack = { services: {}, networks: {}, volumes: {} };

/**
 * Compares the stack of the files as they are with the one that was rendered.
 * @param current the files as they are, the secrets among them that are no longer rendered
 */
export function planStack(
  current: (path: string) => CurrentFile,
  rendered: readonly RenderedFile[],
): StackPlan {
  const now = (path: string) => rendered.find((file) => file.path === path)?.text;
  const [compose, env] = [current('compose.yaml'), current('.env')];
  const after = deployedStack(now('compose.yaml') ?? '', now('.env') ?? '') ?? nothing;
  // Of a thousand tenants most are as they should be, and need no second look.
  const isSame = compose?.text === now('compose.yaml') && env?.text === now('.env');
  const read = () => (compose === undefined ? nothing : deployedStack(compose.text, env?.text ?? ''));
  const before = isSame ? after : read();
  const secrets = secretPlans(current, rendered);
  if (before === undefined) {
    const services = Object.keys(after.services).map((service) => unreadable(service));
    return { services, secrets, dataLoss: [], notices: [] };
  }
  return {
    services: servicePlans(before, after, secrets),
    secrets,
    dataLoss: dataLoss(before, after),
    notices: hostNotices(before, after),
  };
}

function unreadable(service: string): ServicePlan {
  return { service, action: 'recreate', reasons: ['compose.yaml cannot be read as it is'] };
}

function servicePlans(
  before: DeployedStack,
  after: DeployedStack,
  secrets: readonly SecretPlan[],
): ServicePlan[] {
  const names = [...new Set([...Object.keys(after.services), ...Object.keys(before.services)])];
  return names.map((service) => {
    const [from, to] = [before.services[service], after.services[service]];
    if (to === undefined) return { service, action: 'destroy', reasons: ['it is not part of the blueprint'] };
    if (from === undefined) return { service, action: 'create', reasons: [] };
    const own = serviceReasons(from, to);
    const shared = [
      ...sharedReasons('networks', before, after, to),
      ...sharedReasons('volumes', before, after, to),
    ];
    const values = secretReasons(to, secrets);
    const reasons = [...own.reasons, ...shared, ...values];
    const action =
      own.recreates || shared.length > 0 ? 'recreate' : reasons.length > 0 ? 'change' : 'unchanged';
    return { service, action, reasons };
  });
}

/** Networks or volumes that the service uses and that are defined otherwise than before. */
function sharedReasons(
  kind: 'networks' | 'volumes',
  before: DeployedStack,
  after: DeployedStack,
  service: DeployedService,
): string[] {
  const used = JSON.stringify(service[kind] ?? {});
  return Object.keys(after[kind])
    .filter((name) => Object.hasOwn(before[kind], name) && used.includes(JSON.stringify(name)))
    .filter((name) => !isDeepStrictEqual(before[kind][name], after[kind][name]))
    .map((name) => `${kind.slice(0, -1)} ${name} is another one`);
}

/** A container keeps the file it was started with. */
function secretReasons({ secrets: used }: DeployedService, secrets: readonly SecretPlan[]): string[] {
  return secrets
    .filter(
      ({ name, from, to }) => from !== null && to !== null && Array.isArray(used) && used.includes(name),
    )
    .map(({ name }) => `secret ${name}, seen at its next start`);
}

function secretPlans(
  current: (path: string) => CurrentFile,
  rendered: readonly RenderedFile[],
): SecretPlan[] {
  return rendered
    .filter(({ path }) => path.startsWith('secrets/'))
    .flatMap(({ path, text }) => {
      const before = current(path)?.text;
      if (before === text) return [];
      const from = before === undefined ? null : fingerprint(before);
      return [{ name: path.slice('secrets/'.length), from, to: fingerprint(text) }];
    });
}

function hostNotices(before: DeployedStack, after: DeployedStack): string[] {
  const [from, to] = [urlOf(before), urlOf(after)];
  if (from === undefined || to === undefined || from === to) return [];
  return [
    `the portal moves from ${from} to ${to}: everybody signs in again, and the new name needs its DNS record and certificate`,
  ];
}

function urlOf({ services }: DeployedStack): string | undefined {
  const environment = services['portal']?.['environment'];
  const url: unknown =
    typeof environment === 'object' && environment !== null && 'PUBLIC_URL' in environment
      ? environment.PUBLIC_URL
      : undefined;
  return typeof url === 'string' ? url : undefined;
}
