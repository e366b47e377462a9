import { VisuallyHidden } from '@mantine/core';
import { formatCount } from './number-format.js';
import styles from './app-frame.module.css';

/** How many things behind a navigation item wait; nothing when none does. */
export function NavigationCount({ count, what }: { count: number; what: string }) {
  if (count === 0) return null;
  return (
    <span className={styles.count}>
      {formatCount(count)}
      <VisuallyHidden> {what}</VisuallyHidden>
    </span>
  );
}
