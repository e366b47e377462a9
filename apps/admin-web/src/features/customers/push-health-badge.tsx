import type { PushHealth } from '#libs/contracts';
import { StatusBadge } from '#libs/ui';
import { pushHealths } from './push-health.js';

export function PushHealthBadge({ health }: { health: PushHealth }) {
  const { tone, text } = pushHealths[health];
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}
