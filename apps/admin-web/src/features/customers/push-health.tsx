import type { PushHealth } from '#libs/contracts';
import { StatusBadge, type StatusTone } from '#libs/ui';

const faces: Record<PushHealth, { tone: StatusTone; text: string }> = {
  'never-connected': { tone: 'neutral', text: 'Never connected' },
  healthy: { tone: 'good', text: 'Healthy' },
  late: { tone: 'warning', text: 'Late' },
  rejecting: { tone: 'bad', text: 'Rejecting' },
  disabled: { tone: 'neutral', text: 'Disabled' },
};

export function PushHealthBadge({ health }: { health: PushHealth }) {
  const { tone, text } = faces[health];
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}

/** `3 healthy, 1 late`: the states that occur, worst last as the table names them. */
export function countByHealth(healths: readonly PushHealth[]): string {
  return Object.entries(faces)
    .map(([health, { text }]) => ({ text, count: healths.filter((one) => one === health).length }))
    .filter(({ count }) => count > 0)
    .map(({ text, count }) => `${String(count)} ${text.toLowerCase()}`)
    .join(', ');
}
