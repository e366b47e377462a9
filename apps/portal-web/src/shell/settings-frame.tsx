import { NavLink, Outlet } from 'react-router';
import type { CurrentSession } from '#libs/contracts';
import { useSession, useWords, type WordKey } from '#libs/ui';
import styles from './settings-frame.module.css';
import { shellWords } from './words.js';

type Role = CurrentSession['account']['role'];

/** In the order of the list; `roles` are those that may open the page, without it everybody. */
const pages: readonly { to: string; label: WordKey<typeof shellWords>; roles?: readonly Role[] }[] = [
  { to: '/settings/account', label: 'account' },
  { to: '/settings/users', label: 'users', roles: ['admin'] },
  { to: '/settings/audit', label: 'audit', roles: ['admin'] },
  { to: '/settings/branding', label: 'branding' },
  { to: '/settings/import-policy', label: 'importPolicy' },
  { to: '/settings/alerts', label: 'alerts' },
  { to: '/settings/fleet', label: 'fleet' },
  { to: '/settings/api-tokens', label: 'apiTokens', roles: ['admin'] },
];

/** The pages of the settings, and the way from one to the other. */
export function SettingsFrame() {
  const t = useWords(shellWords);
  const role = useSession().session?.account.role;
  const mine = pages.filter(
    ({ roles }) => roles === undefined || (role !== undefined && roles.includes(role)),
  );
  return (
    <>
      <nav aria-label={t('settings')} className={styles.list}>
        {mine.map(({ to, label }) => (
          <NavLink key={to} to={to} className={styles.link}>
            {t(label)}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
