import type { PushHealth } from '#libs/contracts';
import type { StatusTone } from '#libs/ui';

/** What every health is called, worst first; a title says what it means. */
export const pushHealths: Record<PushHealth, { tone: StatusTone; text: string; title: string }> = {
  'auth-failing': { tone: 'bad', text: 'Auth failing', title: 'It pushes with a token that is not valid' },
  rejecting: { tone: 'bad', text: 'Rejecting', title: 'It pushes, and Admin refuses what it sends' },
  offline: { tone: 'bad', text: 'Offline', title: 'No contact for a long time' },
  late: { tone: 'warning', text: 'Late', title: 'No contact for a while, or an old backlog' },
  stale: { tone: 'warning', text: 'Stale data', title: 'It pushes, but its newest measurement is old' },
  'never-connected': { tone: 'neutral', text: 'Never connected', title: 'Registered, and nothing came yet' },
  healthy: { tone: 'good', text: 'Healthy', title: 'It pushes, and its data is recent' },
  disabled: { tone: 'neutral', text: 'Disabled', title: 'An operator turned it off' },
};

export const healthNames = Object.keys(pushHealths) as PushHealth[];
