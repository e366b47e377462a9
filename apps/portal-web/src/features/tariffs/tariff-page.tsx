import { Anchor, Group, Paper, Text } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import type { TariffDetail } from '#libs/contracts';
import {
  AdminButton,
  BackLink,
  EmptyState,
  LoadingState,
  PageHeader,
  QueryContent,
  Sentence,
  useWords,
} from '#libs/ui';
import { shiftDay, showDay } from './calendar-day.js';
import { Remove, Rename } from './named-actions.js';
import { tariffEditors, tariffPath, tariffQuery } from './tariffs.queries.js';
import { VersionTimeline } from './version-timeline.js';
import { VersionsTable } from './versions-table.js';
import { tariffWords } from './words.js';

/** A tariff: its versions on a line of time, and as a table. */
export function TariffPage() {
  const t = useWords(tariffWords);
  const { id = '' } = useParams();
  const query = useQuery(tariffQuery(id));
  const tariff = query.data;
  return (
    <>
      <PageHeader
        title={tariff?.name ?? t('tariff')}
        parent={<BackLink to="/tariffs">{t('title')}</BackLink>}
        description={
          tariff === undefined
            ? '\u00A0'
            : `${tariff.municipality.name} · ${t('sites', { count: tariff.siteCount })}`
        }
      >
        {tariff !== undefined && <Actions tariff={tariff} />}
      </PageHeader>
      <QueryContent query={query} loading={<LoadingState what={t('theTariff')} />}>
        {(found) => <Versions tariff={found} />}
      </QueryContent>
    </>
  );
}

function Actions({ tariff }: { tariff: TariffDetail }) {
  const t = useWords(tariffWords);
  const navigate = useNavigate();
  const { id, name, siteCount, versions } = tariff;
  return (
    <Group gap={6}>
      <Rename path={tariffPath(id)} name={name} />
      <Remove
        path={tariffPath(id)}
        name={name}
        effect={t('removeTariffEffect')}
        refused={siteCount > 0 ? t('hasSites') : undefined}
        onDone={() => void navigate('/tariffs')}
      />
      <AdminButton
        roles={tariffEditors}
        size="xs"
        leftSection={<IconCalendarPlus size={14} aria-hidden />}
        onClick={() => void navigate(`/tariffs/${id}/versions/new`)}
      >
        {versions.length === 0 ? t('addVersion') : t('addVersionLike')}
      </AdminButton>
    </Group>
  );
}

function Versions({ tariff }: { tariff: TariffDetail }) {
  const t = useWords(tariffWords);
  if (tariff.versions.length === 0) {
    return (
      <Paper>
        <EmptyState Icon={IconCalendarPlus} title={t('noVersions')}>
          {t('noVersionsText')}
        </EmptyState>
      </Paper>
    );
  }
  return (
    <>
      {tariff.siteCount === 0 && (
        <Text size="sm" mb="sm">
          <Sentence
            words={tariffWords}
            text="notUsed"
            parts={{ a: <Anchor component={Link} to="/bills" inherit underline="always" /> }}
          />
        </Text>
      )}
      <VersionTimeline versions={tariff.versions} />
      {tariff.gaps.map(({ from, to }) => (
        <Text key={from} size="sm" c="var(--warning)" mt="xs">
          {t('gapBetween', { from: showDay(from), to: showDay(shiftDay(to, -1)) })}
        </Text>
      ))}
      <Paper mt="md">
        <VersionsTable tariff={tariff} />
      </Paper>
    </>
  );
}
