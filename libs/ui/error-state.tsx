import { Alert, Button, Code, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { ApiProblem } from './api-problem.js';
import { useProblemText } from './problem-text.js';
import { Sentence } from './sentence.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

interface Props {
  error: Error;
  onRetry?: () => void;
}

/** What went wrong, what to do about it, and what support needs to find it in the log. */
export function ErrorState({ error, onRetry }: Props) {
  const t = useWords(uiWords);
  const { title, detail, remedy } = useProblemText()(error);
  const problem = error instanceof ApiProblem ? error : undefined;
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      icon={<IconAlertTriangle aria-hidden />}
      title={problem === undefined ? t('somethingWrong') : title}
    >
      {detail !== undefined && <Text size="sm">{detail}</Text>}
      {remedy !== undefined && <Text size="sm">{remedy}</Text>}
      {problem === undefined && <Text size="sm">{error.message}</Text>}
      {problem !== undefined && (
        <Text size="xs" c="dimmed" mt={4}>
          <Code>{problem.code}</Code>
          {problem.requestId !== undefined && (
            <>
              {' '}
              <Sentence words={uiWords} text="request" parts={{ id: <Code>{problem.requestId}</Code> }} />
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
          {t('tryAgain')}
        </Button>
      )}
    </Alert>
  );
}
