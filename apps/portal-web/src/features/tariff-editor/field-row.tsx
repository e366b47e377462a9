import type { ReactNode } from 'react';
import styles from './field-row.module.css';

/** Fields that belong together, beside each other while there is room; `label` says what they are about. */
export function FieldRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset aria-label={label} className={styles.row}>
      {children}
    </fieldset>
  );
}
