import { Anchor, Button, Code } from '@mantine/core';
import { IconFolderOpen, IconSearchOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import type { ImportFileSummary } from '#libs/contracts';
import {
  DataTable,
  EmptyState,
  formatCount,
  LoadingState,
  missing,
  Pages,
  QueryContent,
  RelativeTime,
  Sentence,
  useWords,
  type Column,
  type Translate,
} from '#libs/ui';
import { FileStatus } from './file-status.js';
import { FilesToolbar } from './files-toolbar.js';
import { filesAddress, isFiltered, readFilesView } from './files-view.js';
import { filesPerPage, filesQuery } from './imports.queries.js';
import { useAddressView } from './use-address-view.js';
import { SiteLink } from './site-link.js';
import { importWords } from './words.js';

const columns = (t: Translate<typeof importWords>): Column<ImportFileSummary>[] => [
  { header: t('file'), rowHeader: true, cell: ({ id, path }) => <FileLink id={id} path={path} /> },
  { header: t('site'), cell: ({ site }) => <SiteLink slug={site} /> },
  { header: t('status'), cell: ({ status }) => <FileStatus status={status} /> },
  { header: t('format'), cell: ({ format }) => format ?? missing },
  { header: t('rowsHeading'), numeric: true, cell: ({ rows }) => formatCount(rows) },
  { header: t('pointsHeading'), numeric: true, cell: ({ points }) => formatCount(points) },
  { header: t('rejectedRows'), numeric: true, cell: ({ rejectedRows }) => formatCount(rejectedRows) },
  { header: t('rejectedValues'), numeric: true, cell: ({ rejectedValues }) => formatCount(rejectedValues) },
  { header: t('imported'), cell: ({ importedAt }) => <RelativeTime value={importedAt} /> },
];

/** Opens the report over the list as it is. */
function FileLink({ id, path }: Pick<ImportFileSummary, 'id' | 'path'>) {
  const [params] = useSearchParams();
  const address = new URLSearchParams(params);
  address.set('file', id);
  return (
    <Anchor component={Link} to={`?${address.toString()}`} inherit>
      {path}
    </Anchor>
  );
}

export function FilesTable() {
  const t = useWords(importWords);
  const { view, change } = useAddressView(readFilesView, filesAddress);
  const query = useQuery(filesQuery(view));
  return (
    <>
      <FilesToolbar view={view} onChange={change} />
      <QueryContent query={query} loading={<LoadingState what={t('theFiles')} rows={8} />}>
        {({ files, total }) =>
          files.length === 0 ? (
            <NoFiles
              filtered={isFiltered(view) || total > 0}
              onShowAll={() => change(readFilesView(new URLSearchParams()))}
            />
          ) : (
            <>
              <DataTable
                label={t('importedFiles')}
                columns={columns(t)}
                rows={files}
                rowKey={({ id }) => id}
                busy={query.isPlaceholderData}
              />
              <Pages
                label={t('pagesOfFiles')}
                total={total}
                pageSize={filesPerPage}
                page={view.page}
                onChange={(page) => change({ page })}
              />
            </>
          )
        }
      </QueryContent>
    </>
  );
}

function NoFiles({ filtered, onShowAll }: { filtered: boolean; onShowAll: () => void }) {
  const t = useWords(importWords);
  if (filtered) {
    return (
      <EmptyState Icon={IconSearchOff} title={t('noMatch')}>
        <p>{t('noMatchHint')}</p>
        <Button variant="default" size="xs" onClick={onShowAll}>
          {t('showAll')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState Icon={IconFolderOpen} title={t('noFiles')}>
      <Sentence
        words={importWords}
        text="noFilesHint"
        parts={{ folder: <Code>&lt;site&gt;/&lt;device&gt;/</Code> }}
      />
    </EmptyState>
  );
}
