import type { ImportFileStatus } from '#libs/contracts';
import { StatusBadge, useWords, type StatusTone, type WordKey } from '#libs/ui';
import { importWords } from './words.js';

const faces: Record<ImportFileStatus, { tone: StatusTone; text: WordKey<typeof importWords> }> = {
  imported: { tone: 'good', text: 'statusImported' },
  rejected: { tone: 'bad', text: 'statusRejected' },
  unchanged: { tone: 'neutral', text: 'stateUnchanged' },
};

export function FileStatus({ status }: { status: ImportFileStatus }) {
  const t = useWords(importWords);
  const { tone, text } = faces[status];
  return <StatusBadge tone={tone}>{t(text)}</StatusBadge>;
}
