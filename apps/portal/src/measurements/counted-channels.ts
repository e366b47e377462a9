/** What is known of a channel when it is asked whether it counts; all null for a device without channels. */
interface Candidate {
  deviceId: string;
  label: string | null;
  name: string | null;
  unit: string | null;
}

/** A channel that counts towards power and energy. */
export interface Counted<T> {
  channel: T;
  /** Power is integrated; of a register the difference is taken. */
  kind: 'power' | 'register';
  /** From its unit to W or Wh. */
  factor: number;
}

const units: Readonly<Record<string, { kind: Counted<unknown>['kind']; factor: number }>> = {
  mW: { kind: 'power', factor: 1e-3 },
  W: { kind: 'power', factor: 1 },
  kW: { kind: 'power', factor: 1e3 },
  MW: { kind: 'power', factor: 1e6 },
  Wh: { kind: 'register', factor: 1 },
  kWh: { kind: 'register', factor: 1e3 },
  MWh: { kind: 'register', factor: 1e6 },
};

const total = /(^|[^\p{L}])(tot|total|totale|sum|somme|summe|gesamt)([^\p{L}]|$)/iu;

/**
 * The channels that count, as Admin's fleet page has it: of every device the best kind, and of that kind all. Power called
 * total, else all power, else registers called total, else all registers.
 */
export function countedChannels<T extends Candidate>(channels: readonly T[]): Counted<T>[] {
  const devices = Map.groupBy(channels.flatMap(measuresPower), ({ channel }) => channel.deviceId);
  return [...devices.values()].flatMap(bestOf);
}

/** Those of the channels that measure power or energy, whatever there is beside them: what somebody has chosen by hand. */
export function measuringChannels<T extends Candidate>(channels: readonly T[]): Counted<T>[] {
  return channels.flatMap(measuresPower);
}

function measuresPower<T extends Candidate>(channel: T): Counted<T>[] {
  const known = channel.unit === null ? undefined : units[channel.unit];
  return known === undefined ? [] : [{ channel, ...known }];
}

function bestOf<T extends Candidate>(channels: readonly Counted<T>[]): Counted<T>[] {
  const power = channels.filter(({ kind }) => kind === 'power');
  const candidates = power.length > 0 ? power : channels;
  const totals = candidates.filter(({ channel }) =>
    total.test(`${channel.label ?? ''} ${channel.name ?? ''}`),
  );
  return [...(totals.length > 0 ? totals : candidates)];
}

/** Channels that were silent for so long before the newest sample add nothing to the power now. */
const silentMs = 3_600_000;

/** Sum of the newest values of the channels that count, W; null when none measures power. */
export function powerNow(
  channels: readonly (Candidate & { lastTime: string | null; lastValue: number | null })[],
): number | null {
  const measured = countedChannels(channels).flatMap(({ channel, kind, factor }) =>
    kind === 'power' && channel.lastTime !== null && channel.lastValue !== null
      ? [{ time: Date.parse(channel.lastTime), powerW: channel.lastValue * factor }]
      : [],
  );
  if (measured.length === 0) return null;
  const newest = Math.max(...measured.map(({ time }) => time));
  return measured
    .filter(({ time }) => newest - time <= silentMs)
    .reduce((sum, { powerW }) => sum + powerW, 0);
}
