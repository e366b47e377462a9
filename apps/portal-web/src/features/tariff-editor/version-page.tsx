import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { TariffDetail, TariffVersionBody } from '#libs/contracts';
import { BackLink, LoadingState, NotFoundPage, PageHeader, QueryContent, useWords } from '#libs/ui';
import { shiftDay, showDay, today } from '../tariffs/calendar-day.js';
import { tariffQuery } from '../tariffs/tariffs.queries.js';
import { emptyDocument } from './new-components.js';
import { VersionEditor } from './version-editor.js';
import { editorWords } from './words.js';

/** A version of a tariff: a new one at `versions/new`, which begins as the last one is. */
export function VersionPage() {
  const t = useWords(editorWords);
  const { id = '', versionId = 'new' } = useParams();
  const query = useQuery(tariffQuery(id));
  const version = query.data?.versions.find((one) => one.id === versionId);
  const title =
    version === undefined ? t('newVersion') : t('versionFrom', { day: showDay(version.firstDay) });
  return (
    <>
      <PageHeader
        title={title}
        parent={<BackLink to={`/tariffs/${id}`}>{query.data?.name ?? t('tariff')}</BackLink>}
      />
      <QueryContent query={query} loading={<LoadingState what={t('theTariff')} height={480} />}>
        {(tariff) => <Editor key={versionId} tariff={tariff} versionId={versionId} />}
      </QueryContent>
    </>
  );
}

function Editor({ tariff, versionId }: { tariff: TariffDetail; versionId: string }) {
  const t = useWords(editorWords);
  if (versionId !== 'new') {
    const version = tariff.versions.find((one) => one.id === versionId);
    if (version === undefined) return <NotFoundPage />;
    const { firstDay, lastDay, document } = version;
    return (
      <VersionEditor
        tariff={tariff}
        versionId={versionId}
        initial={{ firstDay, lastDay, document, endPrevious: false }}
      />
    );
  }
  const names = { year: t('allYear'), days: t('everyDay'), energy: t('energy') };
  return <VersionEditor tariff={tariff} versionId={null} initial={followerOf(tariff, names)} />;
}

/** A version that goes on where the last one ends. */
function followerOf(
  { versions }: TariffDetail,
  names: Parameters<typeof emptyDocument>[0],
): TariffVersionBody {
  const last = versions.at(-1);
  const free = last?.lastDay === null || last === undefined ? today() : shiftDay(last.lastDay, 1);
  return {
    firstDay: free,
    lastDay: null,
    document: last?.document ?? emptyDocument(names),
    endPrevious: last?.lastDay === null,
  };
}
