import { Alert, Button, Code, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { ApiProblem } from './api-problem.js';

interface Props {
  error: Error;
  onRetry?: () => void;
}

/** What went wrong, what to do about it, and what support needs to find it in the log. */
export function ErrorState({ error, onRetry }: Props) {
  const problem = error instanceof ApiProblem ? error : undefined;
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      icon={<IconAlertTriangle aria-hidden />}
      title={problem?.title ?? 'Something went wrong'}
    >
      {problem?.detail !== undefined && problem.detail !== problem.title && (
        <Text size="sm">{problem.detail}</Text>
      )}
      {problem?.remedy !== undefined && <Text size="sm">{problem.remedy}</Text>}
      {problem === undefined && <Text size="sm">{error.message}</Text>}
      {problem !== undefined && (
        <Text size="xs" c="dimmed" mt={4}>
          <Code>{problem.code}</Code>
          {problem.requestId !== undefined && (
            <>
              {' '}
              Request <Code>{problem.requestId}</Code>
            </>
          )}
        </Text>
      )}
      {onRetry && (
        <Button
          variant="default"
          size="xs"
          mt="sm"
          leftSection={<IconRefresh size={14} aria-hidden />}
          onClick={onRetry}
        >
          Try again
        </Button>
      )}
    </Alert>
  );
}
