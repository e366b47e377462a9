import { Link } from 'react-router';
import type { FleetOverview } from '#libs/contracts';
import { formatCount } from '#libs/ui';
import { healthNames, pushHealths } from '../customers/push-health.js';
import { PushHealthBadge } from '../customers/push-health-badge.js';
import styles from './fleet-health.module.css';

/** How many customers have which health; each figure leads to them. */
export function FleetHealth({ fleet }: { fleet: FleetOverview }) {
  return (
    <nav aria-label="Customers by push health" className={styles.tiles}>
      <Link to="/customers" className={styles.tile}>
        <span className={styles.count}>{formatCount(fleet.customers)}</span>
        <span className={styles.label}>All customers</span>
      </Link>
      {healthNames.map((health) => (
        <Link
          key={health}
          to={`/customers?health=${health}`}
          className={styles.tile}
          title={pushHealths[health].title}
          data-none={(fleet.byHealth[health] ?? 0) === 0}
        >
          <span className={styles.count}>{formatCount(fleet.byHealth[health] ?? 0)}</span>
          <PushHealthBadge health={health} />
        </Link>
      ))}
    </nav>
  );
}
