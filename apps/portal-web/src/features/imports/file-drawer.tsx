import { useQuery } from '@tanstack/react-query';
import { LoadingState, QueryContent, useWords } from '#libs/ui';
import { FileReport } from './file-report.js';
import { fileQuery } from './imports.queries.js';
import { ReportDrawer } from './report-drawer.js';
import { importWords } from './words.js';

/** The report of the file that the address names as `?file=`. */
export function FileDrawer() {
  const t = useWords(importWords);
  return (
    <ReportDrawer parameter="file" title={t('report')}>
      {(id) => <LoadedReport id={id} />}
    </ReportDrawer>
  );
}

function LoadedReport({ id }: { id: string }) {
  const t = useWords(importWords);
  const query = useQuery(fileQuery(id));
  return (
    <QueryContent query={query} loading={<LoadingState what={t('theReport')} rows={10} />}>
      {(file) => <FileReport file={file} />}
    </QueryContent>
  );
}
