import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconReceiptTax } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Municipality, TariffSummary } from '#libs/contracts';
import {
  DataTable,
  EmptyState,
  formatCount,
  LoadingState,
  PageHeader,
  QueryContent,
  StatusBadge,
  useWords,
  type Column,
  type Translate,
} from '#libs/ui';
import { AddExample, AddMunicipality, AddTariff } from './add-actions.js';
import { showDay, today } from './calendar-day.js';
import { Remove, Rename } from './named-actions.js';
import { municipalitiesQuery, municipalityPath } from './tariffs.queries.js';
import { validOn } from './timeline.js';
import { tariffWords } from './words.js';
import styles from './tariffs.module.css';

export function TariffsPage() {
  const t = useWords(tariffWords);
  const query = useQuery(municipalitiesQuery);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')}>
        <Group gap="xs">
          <AddExample municipalities={query.data?.municipalities ?? []} />
          <AddMunicipality />
        </Group>
      </PageHeader>
      <QueryContent query={query} loading={<LoadingState what={t('theTariffs')} />}>
        {({ municipalities }) =>
          municipalities.length === 0 ? (
            <Paper>
              <EmptyState Icon={IconReceiptTax} title={t('none')}>
                {t('noneText')}
              </EmptyState>
            </Paper>
          ) : (
            <Stack gap="md">
              {municipalities.map((municipality) => (
                <MunicipalityPanel key={municipality.id} municipality={municipality} />
              ))}
            </Stack>
          )
        }
      </QueryContent>
    </>
  );
}

function MunicipalityPanel({ municipality }: { municipality: Municipality }) {
  const t = useWords(tariffWords);
  const { id, name, tariffs } = municipality;
  return (
    <Paper component="section" aria-label={name}>
      <div className={styles.panelHead}>
        <Title order={2}>{name}</Title>
        <Group gap={6}>
          <AddTariff municipality={municipality} />
          <Rename path={municipalityPath(id)} name={name} />
          <Remove
            path={municipalityPath(id)}
            name={name}
            effect={t('removeMunicipalityEffect')}
            refused={tariffs.length > 0 ? t('hasTariffs') : undefined}
          />
        </Group>
      </div>
      {tariffs.length === 0 ? (
        <Text size="sm" c="dimmed" p="sm">
          {t('noTariffs')}
        </Text>
      ) : (
        <DataTable
          label={t('tariffsOf', { name })}
          columns={columns(t)}
          rows={tariffs}
          rowKey={({ id: tariffId }) => tariffId}
        />
      )}
    </Paper>
  );
}

function columns(t: Translate<typeof tariffWords>): Column<TariffSummary>[] {
  const now = today();
  return [
    {
      header: t('tariff'),
      rowHeader: true,
      cell: ({ id, name }) => (
        <Anchor component={Link} to={`/tariffs/${id}`} inherit>
          {name}
        </Anchor>
      ),
    },
    {
      header: t('valid'),
      cell: ({ versions }) => {
        const valid = validOn(versions, now);
        if (valid === undefined) return <StatusBadge tone="warning">{t('notValid')}</StatusBadge>;
        const { firstDay, lastDay } = valid;
        return lastDay === null
          ? t('daysOn', { from: showDay(firstDay) })
          : t('days', { from: showDay(firstDay), to: showDay(lastDay) });
      },
    },
    { header: t('currency'), cell: ({ versions }) => versions.at(-1)?.currency ?? '' },
    { header: t('versions'), numeric: true, cell: ({ versions }) => formatCount(versions.length) },
    { header: t('sitesBilled'), numeric: true, cell: ({ siteCount }) => formatCount(siteCount) },
  ];
}
