import type { UploadState } from '#libs/contracts';
import { StatusBadge, useWords, type StatusTone, type WordKey } from '#libs/ui';
import { importWords } from './words.js';

const faces: Record<UploadState, { tone: StatusTone; text: WordKey<typeof importWords> }> = {
  ready: { tone: 'good', text: 'stateReady' },
  unchanged: { tone: 'neutral', text: 'stateUnchanged' },
  'needs-site': { tone: 'warning', text: 'stateNeedsSite' },
  'needs-mapping': { tone: 'warning', text: 'stateNeedsMapping' },
  refused: { tone: 'bad', text: 'stateRefused' },
};

export function UploadStateBadge({ state }: { state: UploadState }) {
  const t = useWords(importWords);
  const { tone, text } = faces[state];
  return <StatusBadge tone={tone}>{t(text)}</StatusBadge>;
}
