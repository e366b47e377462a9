import { Anchor, Text } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { CatalogueMatch } from '#libs/contracts';
import {
  DataTable,
  EmptyState,
  formatQuantity,
  LoadingState,
  missing,
  QueryContent,
  RelativeTime,
  useWords,
  type Column,
  type Translate,
  type WordKey,
} from '#libs/ui';
import { searchQuery } from './sites.queries.js';
import { siteWords } from './words.js';

const kinds = {
  site: 'kindSite',
  device: 'kindDevice',
  channel: 'kindChannel',
} satisfies Record<CatalogueMatch['kind'], WordKey<typeof siteWords>>;

/** Sites, devices and channels that a search found. */
export function SearchResults({ q }: { q: string }) {
  const t = useWords(siteWords);
  const query = useQuery(searchQuery(q));
  return (
    <QueryContent query={query} loading={<LoadingState what={t('matches')} />}>
      {({ matches }) =>
        matches.length === 0 ? (
          <EmptyState Icon={IconSearchOff} title={t('noMatch')}>
            {t('noMatchText')}
          </EmptyState>
        ) : (
          <DataTable
            label={t('matches')}
            columns={columns(t)}
            rows={matches}
            rowKey={({ id }) => id}
            busy={query.isPlaceholderData}
          />
        )
      }
    </QueryContent>
  );
}

function columns(t: Translate<typeof siteWords>): Column<CatalogueMatch>[] {
  return [
    { header: t('kind'), cell: ({ kind }) => t(kinds[kind]) },
    {
      header: t('name'),
      rowHeader: true,
      cell: (match) => (
        <Anchor component={Link} to={pathOf(match)} inherit>
          {titleOf(match)}
        </Anchor>
      ),
    },
    {
      header: t('site'),
      cell: ({ siteName, archivedAt }) => <Place name={siteName} archived={archivedAt} />,
    },
    {
      header: t('lastValue'),
      numeric: true,
      cell: ({ lastValue, unit }) => (unit === null ? missing : formatQuantity(lastValue, unit)),
    },
    {
      header: t('lastSeen'),
      cell: ({ lastTime, timeZone }) => (
        <RelativeTime value={lastTime} timeZone={timeZone} otherwise={t('noData')} />
      ),
    },
  ];
}

function Place({ name, archived }: { name: string; archived: string | null }) {
  const t = useWords(siteWords);
  if (archived === null) return name;
  return (
    <>
      {name}{' '}
      <Text span inherit c="dimmed">
        ({t('archived')})
      </Text>
    </>
  );
}

function pathOf({ siteId, serial }: CatalogueMatch): string {
  return serial === null ? `/sites/${siteId}` : `/sites/${siteId}?device=${encodeURIComponent(serial)}`;
}

function titleOf({ kind, serial, title, name }: CatalogueMatch): string {
  const own = kind === 'channel' && serial !== null ? `${serial} ${title}` : title;
  return name === '' || name === title ? own : `${own} · ${name}`;
}
