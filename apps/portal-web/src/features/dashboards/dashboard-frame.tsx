import { useComputedColorScheme } from '@mantine/core';
import type { ListedDashboard } from '#libs/contracts';
import { localTimeZone, useWords, type Translate } from '#libs/ui';
import { embeddedAddress } from './grafana-address.js';
import { dashboardWords } from './words.js';
import styles from './dashboards-page.module.css';

/** The dashboard in Grafana's kiosk. The portal vouches for who looks; Grafana asks for no sign-in of its own. */
export function DashboardFrame({ dashboard }: { dashboard: ListedDashboard }) {
  const t = useWords(dashboardWords);
  const address = embeddedAddress(dashboard.uid, useLook(dashboard));
  // Of our own origin, and in need of its scripts and of our cookie: a sandbox that allows both is none.
  return (
    // oxlint-disable-next-line react/iframe-missing-sandbox
    <iframe
      key={address}
      src={address}
      title={t('frame', { name: nameOf(dashboard, t) })}
      className={styles['frame']}
    />
  );
}

/** The portal's theme, and the time zone of the site; that of who looks where all sites are shown. */
export function useLook({ kind, timeZone }: ListedDashboard) {
  const theme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  return { theme, timeZone: timeZone ?? (kind === 'site' ? undefined : localTimeZone) };
}

export function nameOf({ kind, title }: ListedDashboard, t: Translate<typeof dashboardWords>): string {
  return title ?? t(kind);
}
