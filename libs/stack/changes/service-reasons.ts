import { isDeepStrictEqual } from 'node:util';
import type { DeployedService } from './deployed-stack.js';

/** Keys whose change Compose takes note of without making the container anew. */
const readAtStart = new Set(['depends_on']);

/** Names told before they are only counted. */
const mostNames = 4;

/** What differs between two states of a service, for people. */
export interface ServiceReasons {
  reasons: string[];
  /** Whether Compose makes the container anew for it. */
  recreates: boolean;
}

export function serviceReasons(before: DeployedService, after: DeployedService): ServiceReasons {
  const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  const changed = keys.filter((key) => !isDeepStrictEqual(before[key], after[key]));
  return {
    reasons: changed.map((key) => reason(key, before[key], after[key])),
    recreates: changed.some((key) => !readAtStart.has(key)),
  };
}

function reason(key: string, before: unknown, after: unknown): string {
  switch (key) {
    case 'environment':
    case 'labels':
    case 'networks': {
      return `${key} ${namesOf(changedKeys(before, after))}`;
    }
    case 'volumes': {
      return `volumes ${namesOf(changedKeys(byTarget(before), byTarget(after)))}`;
    }
    case 'secrets': {
      return `secrets ${namesOf(changedKeys(asSet(before), asSet(after)))}`;
    }
    default: {
      const [from, to] = [scalar(before), scalar(after)];
      return from === undefined || to === undefined ? key : `${key} ${from} → ${to}`;
    }
  }
}

/** `+NAME` came, `-NAME` went, `NAME` has another value. */
function changedKeys(before: unknown, after: unknown): string[] {
  const [old, now] = [asMapping(before), asMapping(after)];
  return [
    ...Object.keys(now).flatMap((key) => {
      if (!Object.hasOwn(old, key)) return [`+${key}`];
      return isDeepStrictEqual(old[key], now[key]) ? [] : [key];
    }),
    ...Object.keys(old).flatMap((key) => (Object.hasOwn(now, key) ? [] : [`-${key}`])),
  ];
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}

function asMapping(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function asSet(value: unknown): Record<string, true> {
  return Object.fromEntries(Array.isArray(value) ? value.map((name) => [String(name), true as const]) : []);
}

function byTarget(value: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Array.isArray(value) ? value.map((mount) => [String(asMapping(mount)['target'] ?? mount), mount]) : [],
  );
}

function scalar(value: unknown): string | undefined {
  if (value === undefined) return '(default)';
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar ? String(value) : undefined;
}
