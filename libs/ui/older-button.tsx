import { Button, Center } from '@mantine/core';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

interface Props {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}

/** Below a list that is newest first: the next, older part of it. */
export function OlderButton({ query }: Props) {
  const t = useWords(uiWords);
  if (!query.hasNextPage) return null;
  return (
    <Center p="sm">
      <Button
        variant="default"
        size="xs"
        loading={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
      >
        {t('loadOlder')}
      </Button>
    </Center>
  );
}
