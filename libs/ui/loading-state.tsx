import { Skeleton, VisuallyHidden } from '@mantine/core';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

interface Props {
  /** Completes "Loading …"; in French "Chargement : …", with its article. */
  what: string;
  /** Lines of the table that will stand here. */
  rows?: number;
  /** Height of the one block that will stand here instead of rows, in pixels. */
  height?: number;
}

/** Keeps the place of what is being loaded, so that nothing jumps when it arrives. */
export function LoadingState({ what, rows = 5, height }: Props) {
  const t = useWords(uiWords);
  const blocks = height === undefined ? rows : 1;
  return (
    <output aria-live="polite" style={{ display: 'block' }}>
      <VisuallyHidden>{t('loading', { what })}</VisuallyHidden>
      {Array.from({ length: blocks }, (_, index) => (
        <Skeleton
          key={index}
          height={height ?? 20}
          my={height === undefined ? 10 : 0}
          mx="auto"
          width="97%"
        />
      ))}
    </output>
  );
}
