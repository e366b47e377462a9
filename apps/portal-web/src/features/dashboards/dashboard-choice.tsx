import { Button, Group, Select } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { ListedDashboard } from '#libs/contracts';
import { useWords } from '#libs/ui';
import { nameOf, useLook } from './dashboard-frame.js';
import { wholeAddress } from './grafana-address.js';
import { dashboardWords } from './words.js';

interface Props {
  dashboards: readonly ListedDashboard[];
  chosen: ListedDashboard;
  onChoose: (uid: string) => void;
}

/** Which dashboard, and the way to it in Grafana itself. */
export function DashboardChoice({ dashboards, chosen, onChoose }: Props) {
  const t = useWords(dashboardWords);
  const look = useLook(chosen);
  const isListed = dashboards.some(({ uid }) => uid === chosen.uid);
  const items = (isListed ? dashboards : [...dashboards, chosen]).map((dashboard) => ({
    kind: dashboard.kind,
    item: { value: dashboard.uid, label: nameOf(dashboard, t) },
  }));
  const groups = [
    { group: t('allSites'), items: items.filter(({ kind }) => kind !== 'site').map(({ item }) => item) },
    { group: t('sites'), items: items.filter(({ kind }) => kind === 'site').map(({ item }) => item) },
  ];
  return (
    <Group gap="xs" align="flex-end">
      <Select
        aria-label={t('dashboard')}
        data={groups.filter((group) => group.items.length > 0)}
        value={chosen.uid}
        onChange={(uid) => uid !== null && onChoose(uid)}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t('nothingFound')}
        size="xs"
        w={240}
      />
      <Button
        component="a"
        href={wholeAddress(chosen.uid, look)}
        target="_blank"
        rel="noopener"
        size="xs"
        variant="default"
        leftSection={<IconExternalLink size={14} aria-hidden />}
      >
        {t('newTab')}
      </Button>
    </Group>
  );
}
