import { Anchor, Code } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
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
  type Column,
} from '#libs/ui';
import { FileStatus } from './file-status.js';
import { filesPerPage, filesQuery } from './imports.queries.js';

const columns: Column<ImportFileSummary>[] = [
  {
    header: 'File',
    rowHeader: true,
    cell: ({ id, path }) => (
      <Anchor component={Link} to={`?file=${id}`} inherit>
        {path}
      </Anchor>
    ),
  },
  { header: 'Status', cell: ({ status }) => <FileStatus status={status} /> },
  { header: 'Format', cell: ({ format }) => format ?? missing },
  { header: 'Rows', numeric: true, cell: ({ rows }) => formatCount(rows) },
  { header: 'Points', numeric: true, cell: ({ points }) => formatCount(points) },
  { header: 'Rejected rows', numeric: true, cell: ({ rejectedRows }) => formatCount(rejectedRows) },
  { header: 'Rejected values', numeric: true, cell: ({ rejectedValues }) => formatCount(rejectedValues) },
  { header: 'Imported', cell: ({ importedAt }) => <RelativeTime value={importedAt} /> },
];

export function FilesTable() {
  const [page, setPage] = useState(1);
  const query = useQuery(filesQuery(page));
  return (
    <QueryContent query={query} loading={<LoadingState what="imported files" rows={8} />}>
      {({ files, total }) =>
        total === 0 ? (
          <NoFiles />
        ) : (
          <>
            <DataTable label="Imported files" columns={columns} rows={files} rowKey={({ id }) => id} />
            <Pages
              label="Pages of files"
              total={total}
              pageSize={filesPerPage}
              page={page}
              onChange={setPage}
            />
          </>
        )
      }
    </QueryContent>
  );
}

function NoFiles() {
  return (
    <EmptyState Icon={IconFolderOpen} title="No files imported yet">
      Put files under <Code>&lt;site&gt;/&lt;device serial&gt;/</Code> in the import folder, then choose
      Import now.
    </EmptyState>
  );
}
