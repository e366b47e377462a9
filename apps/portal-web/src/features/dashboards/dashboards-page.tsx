import { Alert, Paper, Text } from '@mantine/core';
import { IconAlertTriangle, IconLayoutDashboard } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { DashboardList } from '#libs/contracts';
import { EmptyState, LoadingState, PageHeader, QueryContent, useProblemText, useWords } from '#libs/ui';
import { DashboardChoice } from './dashboard-choice.js';
import { DashboardFrame } from './dashboard-frame.js';
import { dashboardsQuery, grafanaQuery } from './dashboards.queries.js';
import { useDashboardChoice } from './use-dashboard-choice.js';
import { dashboardWords } from './words.js';

const frameHeight = 520;

/** Grafana's dashboards inside of the portal: which one is in the address. */
export function DashboardsPage() {
  const t = useWords(dashboardWords);
  const query = useQuery(dashboardsQuery);
  const { chosen, choose } = useDashboardChoice(query.data?.dashboards ?? []);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')}>
        {chosen !== undefined && query.data?.enabled === true && (
          <DashboardChoice dashboards={query.data.dashboards} chosen={chosen} onChoose={choose} />
        )}
      </PageHeader>
      <QueryContent query={query} loading={<LoadingState what={t('theDashboards')} height={frameHeight} />}>
        {(list) => (
          <>
            {list.problem !== null && <Outdated problem={list.problem} />}
            <Content list={list} chosen={chosen} />
          </>
        )}
      </QueryContent>
    </>
  );
}

interface ContentProps {
  list: DashboardList;
  chosen: DashboardList['dashboards'][number] | undefined;
}

function Content({ list, chosen }: ContentProps) {
  const t = useWords(dashboardWords);
  const grafana = useQuery({ ...grafanaQuery, enabled: list.enabled });
  if (!list.enabled || chosen === undefined) {
    return (
      <Paper>
        <EmptyState Icon={IconLayoutDashboard} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      </Paper>
    );
  }
  if (grafana.isPending) return <LoadingState what={t('theDashboards')} height={frameHeight} />;
  if (grafana.data?.answers === true) return <DashboardFrame key={chosen.uid} dashboard={chosen} />;
  return (
    <Paper>
      <EmptyState Icon={IconAlertTriangle} title={t('silent')}>
        {t('silentText')}
      </EmptyState>
    </Paper>
  );
}

function Outdated({ problem }: { problem: NonNullable<DashboardList['problem']> }) {
  const t = useWords(dashboardWords);
  const { title, remedy } = useProblemText()(problem);
  return (
    <Alert
      icon={<IconAlertTriangle aria-hidden />}
      variant="outline"
      color="yellow"
      mb="md"
      title={t('outdated')}
      styles={{ title: { color: 'var(--warning)' } }}
    >
      <Text size="sm">{title}</Text>
      <Text size="sm">{remedy}</Text>
    </Alert>
  );
}
