import type { FleetPushStatus, ReconcileReason } from '#libs/contracts';
import type { StatusTone } from '#libs/ui';

/** The state in a word, and in a sentence that says what to expect. */
export const pushStates: Record<
  FleetPushStatus['state'],
  { tone: StatusTone; text: string; meaning: string }
> = {
  disabled: { tone: 'neutral', text: 'Off', meaning: 'This portal sends nothing to Admin.' },
  idle: { tone: 'good', text: 'Up to date', meaning: 'Admin has everything that this portal has.' },
  sending: { tone: 'running', text: 'Sending', meaning: 'Batches are on their way to Admin.' },
  'backing-off': {
    tone: 'warning',
    text: 'Trying again',
    meaning: 'Admin does not answer well. Nothing is lost: it is sent again by itself.',
  },
  held: {
    tone: 'bad',
    text: 'Held',
    meaning: 'Nothing is sent until somebody mends the token or the address. Nothing is lost.',
  },
};

/** Whether an error keeps it from sending. */
export function isStopped({ state }: Pick<FleetPushStatus, 'state'>): boolean {
  return state === 'held' || state === 'backing-off';
}

export const reconcileReasons: Record<ReconcileReason, string> = {
  enabled: 'the push was enabled',
  'admin-behind': 'Admin was restored to an earlier state',
  'portal-behind': 'this portal was restored to an earlier state',
  'unknown-channel': 'Admin did not know a channel',
  requested: 'somebody asked for it',
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
