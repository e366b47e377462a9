import { UnstyledButton } from '@mantine/core';
import type { PushHealth } from '#libs/contracts';
import { formatCount } from '#libs/ui';
import { healthNames, pushHealths } from './push-health.js';
import { PushHealthBadge } from './push-health-badge.js';
import styles from './health-filter.module.css';

interface Props {
  counts: Partial<Record<PushHealth, number>>;
  selected: readonly PushHealth[];
  onChange: (selected: PushHealth[]) => void;
}

/** One switch per health with how many customers have it; none pressed shows all. */
export function HealthFilter({ counts, selected, onChange }: Props) {
  return (
    <fieldset aria-label="Filter by push health" className={styles.filter}>
      {healthNames.map((health) => {
        const pressed = selected.includes(health);
        return (
          <UnstyledButton
            key={health}
            className={styles.choice}
            aria-pressed={pressed}
            title={pushHealths[health].title}
            onClick={() =>
              onChange(pressed ? selected.filter((one) => one !== health) : [...selected, health])
            }
          >
            <PushHealthBadge health={health} /> {formatCount(counts[health] ?? 0)}
          </UnstyledButton>
        );
      })}
    </fieldset>
  );
}
