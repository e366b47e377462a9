import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TablerIcon } from '@tabler/icons-react';
import { useEffect, useRef, type ComponentType } from 'react';
import { Link, NavLink, Outlet, useLocation, useNavigationType, NavigationType } from 'react-router';
import { AccountMenu } from './account-menu.js';
import { useApplication } from './application.js';
import { ColorSchemeSwitch } from './color-scheme-switch.js';
import { focusMain } from './focus-main.js';
import { Logo } from './logo.js';
import { TitleAnnouncer } from './title-announcer.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';
import styles from './app-frame.module.css';

export interface NavigationItem {
  to: string;
  label: string;
  Icon: TablerIcon;
  /** Stands at the end of the item: how many things there wait for somebody. */
  Badge?: ComponentType;
}

/** Header, navigation and the page between them; for routes of who is signed in. */
export function AppFrame({ navigation }: { navigation: readonly NavigationItem[] }) {
  const t = useWords(uiWords);
  const application = useApplication();
  const [open, { toggle, close }] = useDisclosure();
  useNewPage(close);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding={{ base: 'md', sm: 'lg' }}
      classNames={{ main: styles.main }}
    >
      <a href="#content" className={styles.skip}>
        {t('skipToContent')}
      </a>
      <TitleAnnouncer />
      <AppShell.Header className={styles.header}>
        <Burger
          opened={open}
          onClick={toggle}
          hiddenFrom="sm"
          size="sm"
          aria-label={t('navigation')}
          aria-expanded={open}
        />
        <Link to="/" className={styles.brand}>
          <Logo size={24} />
          <span className={styles.name}>{application?.applicationName}</span>
        </Link>
        <Group gap={4} ml="auto" wrap="nowrap">
          <ColorSchemeSwitch />
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label={t('mainNavigation')} className={styles.navbar}>
        {navigation.map(({ to, label, Icon, Badge }) => (
          <NavLink key={to} to={to} className={styles.link} onClick={close}>
            <Icon size={18} stroke={1.6} aria-hidden />
            {label}
            {Badge && <Badge />}
          </NavLink>
        ))}
        <Text size="xs" c="dimmed" mt="auto" px="sm">
          {application && t('version', { version: application.version })}
        </Text>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <div className={styles.page}>
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

/** A new page begins at its top and takes the focus, as a full page load would. */
function useNewPage(onNewPage: () => void) {
  const { pathname } = useLocation();
  const navigation = useNavigationType();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    onNewPage();
    focusMain();
    if (navigation === NavigationType.Push) window.scrollTo(0, 0);
  }, [pathname, navigation, onNewPage]);
}
