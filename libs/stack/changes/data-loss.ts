import { z } from 'zod';
import type { DeployedService, DeployedStack } from './deployed-stack.js';

const mountSchema = z.looseObject({
  type: z.literal('volume'),
  source: z.string(),
  target: z.string(),
});

interface Mount {
  service: string;
  /** As the engine names it. */
  volume: string;
  target: string;
}

/** What the stack would no longer see of its data, one sentence each; empty when all stays in place. */
export function dataLoss(before: DeployedStack, after: DeployedStack): string[] {
  const now = mountsOf(after);
  const lost = mountsOf(before).flatMap((mount) => lossOf(mount, now));
  return [...lost, ...databaseLoss(before.services, after.services)];
}

function lossOf({ service, volume, target }: Mount, now: readonly Mount[]): string[] {
  const stays = now.some((one) => one.service === service && one.volume === volume && one.target === target);
  if (stays) return [];
  const what = `${service} ${target}`;
  const replaced = now.find((one) => one.service === service && one.target === target);
  if (replaced !== undefined)
    return [`${what} starts empty: volume ${volume} is replaced by ${replaced.volume}`];
  return [`${what} goes: volume ${volume} is no longer mounted there`];
}

function mountsOf({ services, volumes }: DeployedStack): Mount[] {
  return Object.entries(services).flatMap(([service, { volumes: mounts }]) => {
    const list = Array.isArray(mounts) ? mounts : [];
    return list.flatMap((mount) => {
      const parsed = mountSchema.safeParse(mount);
      if (!parsed.success) return [];
      const { source, target } = parsed.data;
      return [{ service, volume: volumes[source]?.name ?? source, target }];
    });
  });
}

/** PostgreSQL reads data of its own major version alone, and no TimescaleDB what a later one has written. */
function databaseLoss(
  before: Record<string, DeployedService>,
  after: Record<string, DeployedService>,
): string[] {
  const [from, to] = [versionsOf(before), versionsOf(after)];
  if (from === undefined || to === undefined) return [];
  if (from.postgres !== undefined && to.postgres !== undefined && from.postgres !== to.postgres) {
    const versions = `PostgreSQL ${from.postgres} → ${to.postgres}`;
    return [
      `timescaledb cannot read its data with another major version: ${versions}. It needs pg_upgrade, by hand`,
    ];
  }
  if (from.timescale === undefined || to.timescale === undefined) return [];
  return from.timescale.localeCompare(to.timescale, 'en', { numeric: true }) > 0
    ? [
        `timescaledb cannot open its data with an older version: TimescaleDB ${from.timescale} → ${to.timescale}`,
      ]
    : [];
}

/** From a tag such as `2.22.1-pg17`. */
function versionsOf(
  services: Record<string, DeployedService>,
): { postgres: string | undefined; timescale: string | undefined } | undefined {
  const image = services['timescaledb']?.['image'];
  if (typeof image !== 'string') return undefined;
  const tag = /:([^:/@]+)(?:@|$)/.exec(image)?.[1] ?? '';
  return { postgres: /pg(\d+)/.exec(tag)?.[1], timescale: /^v?(\d+\.\d+(?:\.\d+)?)/.exec(tag)?.[1] };
}
