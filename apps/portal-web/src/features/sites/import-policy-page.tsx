import { Paper, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportPolicy } from '#libs/contracts';
import { AdminButton, api, ErrorState, LoadingState, PageHeader, QueryContent, useWords } from '#libs/ui';
import { importPolicyPath, importPolicyQuery } from './sites.queries.js';
import { siteWords } from './words.js';

/** What becomes of meter files with devices that the portal does not know. */
export function ImportPolicyPage() {
  const t = useWords(siteWords);
  const query = useQuery(importPolicyQuery);
  return (
    <>
      <PageHeader title={t('importPolicy')} />
      <Paper p="md">
        <QueryContent query={query} loading={<LoadingState what={t('thePolicy')} height={160} />}>
          {(policy) => <PolicyForm policy={policy} />}
        </QueryContent>
      </Paper>
    </>
  );
}

function PolicyForm({ policy }: { policy: ImportPolicy }) {
  const t = useWords(siteWords);
  const client = useQueryClient();
  const [chosen, setChosen] = useState(policy.unknownDevices);
  const save = useMutation({
    mutationFn: () => api.put<ImportPolicy>(importPolicyPath, { unknownDevices: chosen }),
    onSuccess: (saved) => client.setQueryData(importPolicyQuery.queryKey, saved),
  });
  return (
    <Stack gap="md" align="flex-start">
      {save.error !== null && <ErrorState error={save.error} />}
      <Radio.Group
        label={t('unknownDevices')}
        value={chosen}
        onChange={(value) => setChosen(value === 'reject' ? 'reject' : 'create')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="create" label={t('policyCreate')} description={t('policyCreateText')} />
          <Radio value="reject" label={t('policyReject')} description={t('policyRejectText')} />
        </Stack>
      </Radio.Group>
      <AdminButton loading={save.isPending} onClick={() => save.mutate()}>
        {t('save')}
      </AdminButton>
      <Text component="output" size="sm" c="dimmed" aria-live="polite" mih="1.5em">
        {save.isSuccess && t('saved')}
      </Text>
    </Stack>
  );
}
