import { Anchor, Group, Paper } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState, LoadingState, PageHeader, QueryContent, SecretShownOnce, useWords } from '#libs/ui';
import { AddApiToken } from './add-api-token.js';
import { apiTokensQuery } from './api-tokens.queries.js';
import { ApiTokensTable } from './api-tokens-table.js';
import { apiTokenWords } from './words.js';

/** Settings → API tokens. */
export function ApiTokensPage() {
  const t = useWords(apiTokenWords);
  const query = useQuery(apiTokensQuery);
  const [made, setMade] = useState<string | null>(null);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')}>
        <Group gap="md">
          <Anchor href="/api/docs" size="sm">
            {t('reference')}
          </Anchor>
          <AddApiToken onMade={setMade} />
        </Group>
      </PageHeader>
      <Paper>
        <QueryContent query={query} loading={<LoadingState what={t('theTokens')} />}>
          {({ tokens }) =>
            tokens.length === 0 ? (
              <EmptyState Icon={IconKey} title={t('none')}>
                {t('noneText')}
              </EmptyState>
            ) : (
              <ApiTokensTable tokens={tokens} />
            )
          }
        </QueryContent>
      </Paper>
      <SecretShownOnce secret={made} title={t('store')} label={t('token')} onStored={() => setMade(null)}>
        {t('shownOnce')}
      </SecretShownOnce>
    </>
  );
}
