import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { ImportUploadList } from '#libs/contracts';
import { api, ErrorState, LoadingState, QueryContent, useHasRole, useWords } from '#libs/ui';
import { importsKey } from './imports.queries.js';
import { importers } from './importers.js';
import { UploadCard } from './upload-card.js';
import { importWords } from './words.js';

/** Files that were sent and wait for a decision, each with what importing it would do. */
export function WaitingUploads({ query }: { query: UseQueryResult<ImportUploadList> }) {
  const t = useWords(importWords);
  return (
    <QueryContent query={query} loading={<LoadingState what={t('waitingUploads')} rows={1} />}>
      {({ uploads }) => (uploads.length === 0 ? null : <List uploads={uploads} />)}
    </QueryContent>
  );
}

function List({ uploads }: Pick<ImportUploadList, 'uploads'>) {
  const t = useWords(importWords);
  const mayImport = useHasRole(importers);
  const { run, pending, error } = useImportUploads();
  const ready = uploads.filter(({ state }) => state === 'ready' || state === 'unchanged').map(({ id }) => id);
  return (
    <Stack component="section" gap="sm" aria-labelledby="waiting">
      <Group justify="space-between" gap="xs">
        <div>
          <Title order={3} id="waiting">
            {t('waiting')}
          </Title>
          <Text size="xs" c="dimmed">
            {t('waitingHint')}
          </Text>
        </div>
        {mayImport && ready.length > 0 && (
          <Button size="xs" loading={pending} onClick={() => run(ready)}>
            {t('importReady', { count: ready.length })}
          </Button>
        )}
      </Group>
      {error !== null && <ErrorState error={error} />}
      {uploads.map((upload) => (
        <UploadCard key={upload.id} upload={upload} importing={pending} onImport={() => run([upload.id])} />
      ))}
    </Stack>
  );
}

function useImportUploads() {
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (ids: readonly string[]) => api.post('/api/imports/uploads/import', { ids }),
    onSettled: () => client.invalidateQueries({ queryKey: importsKey }),
  });
  return { run: mutate, pending: isPending, error };
}
