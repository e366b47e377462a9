import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { Bill } from '#libs/contracts';
import { formatDayAndTime, useWords } from '#libs/ui';
import { describeProblem } from './bill-problem.js';
import { billWords } from './words.js';

/** Stretches that are listed on the page; the workbook has more. */
const maxShown = 20;

/** What one must know before believing the total. */
export function BillRemarks({ bill }: { bill: Bill }) {
  const t = useWords(billWords);
  const { problems, missing, missingCount, channels, timeZone } = bill;
  const names = channels.map(({ deviceSerial, name }) => `${deviceSerial} ${name}`).join(', ');
  return (
    <>
      {problems.map((problem) => (
        <Alert
          key={JSON.stringify(problem)}
          color="yellow.9"
          variant="outline"
          icon={<IconAlertTriangle aria-hidden />}
        >
          {describeProblem(problem, bill, t)}
        </Alert>
      ))}
      {missingCount > 0 && (
        <Alert
          color="yellow.9"
          variant="outline"
          icon={<IconInfoCircle aria-hidden />}
          title={t('missing', { count: missingCount })}
          styles={{ title: { color: 'var(--warning)' } }}
        >
          <Text size="sm">{t('missingMeaning')}</Text>
          {missingCount > maxShown && <Text size="sm">{t('theFirst', { count: maxShown })}</Text>}
          <Text component="ul" size="sm" m={0} pl="md">
            {missing.slice(0, maxShown).map(({ from, to }) => (
              <li key={from}>
                {t('stretch', {
                  from: formatDayAndTime(new Date(from), timeZone),
                  to: formatDayAndTime(new Date(to), timeZone),
                })}
              </li>
            ))}
          </Text>
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {channels.length === 0 ? t('noChannels') : t('channels', { count: channels.length, names })}
      </Text>
    </>
  );
}
