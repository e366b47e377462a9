import type { ImportFileStatus } from '#libs/contracts';
import { StatusBadge, type StatusTone } from '#libs/ui';

const faces: Record<ImportFileStatus, { tone: StatusTone; text: string }> = {
  imported: { tone: 'good', text: 'Imported' },
  rejected: { tone: 'bad', text: 'Rejected' },
  unchanged: { tone: 'neutral', text: 'Unchanged' },
};

export function FileStatus({ status }: { status: ImportFileStatus }) {
  const { tone, text } = faces[status];
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}
