import type { Container } from './containers.js';

/** A stack in one phrase: `healthy`, `stopped`, or what is the matter: `portal unhealthy`. */
export function stackState(containers: readonly Container[]): string {
  if (containers.every(({ state }) => state !== 'running' && state !== 'restarting')) return 'stopped';
  const wrong = containers.filter(({ state, health }) => state !== 'running' || health !== 'healthy');
  if (wrong.length === 0) return 'healthy';
  return wrong
    .map(({ service, state, health }) => `${service} ${state === 'running' ? health : state}`)
    .join(', ');
}
