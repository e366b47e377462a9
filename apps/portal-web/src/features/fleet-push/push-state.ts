import type { FleetPushStatus, ReconcileReason } from '#libs/contracts';
import type { StatusTone, WordKey } from '#libs/ui';
import type { fleetPushWords } from './words.js';

type Word = WordKey<typeof fleetPushWords>;

/** The state in a word, and in a sentence that says what to expect. */
export const pushStates: Record<FleetPushStatus['state'], { tone: StatusTone; text: Word; meaning: Word }> = {
  disabled: { tone: 'neutral', text: 'stateDisabled', meaning: 'meaningDisabled' },
  idle: { tone: 'good', text: 'stateIdle', meaning: 'meaningIdle' },
  sending: { tone: 'running', text: 'stateSending', meaning: 'meaningSending' },
  'backing-off': { tone: 'warning', text: 'stateBackingOff', meaning: 'meaningBackingOff' },
  held: { tone: 'bad', text: 'stateHeld', meaning: 'meaningHeld' },
};

/** Whether an error keeps it from sending. */
export function isStopped({ state }: Pick<FleetPushStatus, 'state'>): boolean {
  return state === 'held' || state === 'backing-off';
}

export const reconcileReasons: Record<ReconcileReason, Word> = {
  enabled: 'reasonEnabled',
  'admin-behind': 'reasonAdminBehind',
  'portal-behind': 'reasonPortalBehind',
  'unknown-channel': 'reasonUnknownChannel',
  requested: 'reasonRequested',
};

/** Of a comparison, 0 to 100; null while it is not known how much there is. */
export function reconcilePercent({
  windowsDone,
  windowsTotal,
}: {
  windowsDone: number;
  windowsTotal: number;
}): number | null {
  return windowsTotal > 0 ? Math.min(100, (100 * windowsDone) / windowsTotal) : null;
}
