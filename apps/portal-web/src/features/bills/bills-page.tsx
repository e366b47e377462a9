import { Anchor, Paper, Stack } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Municipality, SiteSummary } from '#libs/contracts';
import { EmptyState, ErrorState, LoadingState, PageHeader, QueryContent, Sentence, useWords } from '#libs/ui';
import { sitesQuery } from '../sites/sites.queries.js';
import { municipalitiesQuery } from '../tariffs/tariffs.queries.js';
import { BillChoice } from './bill-choice.js';
import { BillPanel } from './bill-panel.js';
import { Comparison } from './comparison.js';
import { useBillChoice } from './use-bill-choice.js';
import { billWords } from './words.js';

/** What a site costs in a month: which one, by which tariff, is in the address. */
export function BillsPage() {
  const t = useWords(billWords);
  const sites = useQuery(sitesQuery('all'));
  const tariffs = useQuery(municipalitiesQuery);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <QueryContent query={sites} loading={<LoadingState what={t('theSites')} />}>
        {({ sites: all }) =>
          all.length === 0 ? (
            <Paper>
              <EmptyState Icon={IconReceipt} title={t('noSites')}>
                <Sentence
                  words={billWords}
                  text="noSitesText"
                  parts={{ a: <Anchor component={Link} to="/sites" inherit underline="always" /> }}
                />
              </EmptyState>
            </Paper>
          ) : (
            <Stack gap="md">
              <Content sites={all} municipalities={tariffs.data?.municipalities ?? []} />
              {tariffs.isLoadingError && (
                <ErrorState error={tariffs.error} onRetry={() => void tariffs.refetch()} />
              )}
            </Stack>
          )
        }
      </QueryContent>
    </>
  );
}

interface Props {
  sites: readonly SiteSummary[];
  municipalities: readonly Municipality[];
}

function Content({ sites: all, municipalities }: Props) {
  const choice = useBillChoice(all);
  // Of archived sites only the one that somebody came for.
  const sites = all.filter(({ id, archivedAt }) => archivedAt === null || id === choice.question.siteId);
  const site = sites.find(({ id }) => id === choice.question.siteId);
  return (
    <Stack gap="md">
      <BillChoice choice={choice} site={site} sites={sites} municipalities={municipalities} />
      <BillPanel question={choice.question} site={site} municipalities={municipalities} />
      <Comparison choice={choice} municipalities={municipalities} />
    </Stack>
  );
}
