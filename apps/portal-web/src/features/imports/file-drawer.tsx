import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { LoadingState, QueryContent, useWords } from '#libs/ui';
import { FileReport } from './file-report.js';
import { fileQuery } from './imports.queries.js';
import { importWords } from './words.js';

/** The report of the file that the address names as `?file=`. */
export function FileDrawer() {
  const t = useWords(importWords);
  const [params, setParams] = useSearchParams();
  const id = params.get('file');
  const close = () =>
    setParams((previous) => {
      previous.delete('file');
      return previous;
    });
  return (
    <Drawer
      opened={id !== null}
      onClose={close}
      position="right"
      size={720}
      title={t('report')}
      closeButtonProps={{ 'aria-label': t('closeReport') }}
    >
      {id !== null && <LoadedReport id={id} />}
    </Drawer>
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
