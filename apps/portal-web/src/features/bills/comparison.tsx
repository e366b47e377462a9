import { Box, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Bill, Municipality } from '#libs/contracts';
import { DataTable, LoadingState, missing, QueryContent, useWords } from '#libs/ui';
import { LabelledMultiSelect } from '../tariffs/labelled-multi-select.js';
import { relativeDifference, showMoney, showShare } from './amounts.js';
import { comparisonQuery, type BillQuestion } from './bills.queries.js';
import { tariffChoices } from './tariff-choices.js';
import type { BillChoiceState } from './use-bill-choice.js';
import { billWords } from './words.js';

/** As many as the server compares at once. */
const most = 5;

interface Props {
  choice: BillChoiceState;
  municipalities: readonly Municipality[];
}

/** The same load by several tariffs. */
export function Comparison({ choice, municipalities }: Props) {
  const t = useWords(billWords);
  const { question, compared, choose } = choice;
  return (
    <Paper component="section" aria-labelledby="compare">
      <Box p="md">
        <Title order={2} id="compare">
          {t('compare')}
        </Title>
        <Text size="sm" c="dimmed" mb="xs">
          {t('compareMeaning')}
        </Text>
        <LabelledMultiSelect
          label={t('compareWith')}
          data={tariffChoices(municipalities)}
          value={compared}
          maxValues={most}
          searchable
          clearable
          onChange={(ids) => choose({ compare: ids })}
        />
      </Box>
      {compared.length >= 2 && <Compared question={question} tariffs={compared.slice(0, most)} />}
    </Paper>
  );
}

function Compared({ question, tariffs }: { question: BillQuestion; tariffs: readonly string[] }) {
  const t = useWords(billWords);
  const query = useQuery(comparisonQuery(question, tariffs));
  return (
    <QueryContent query={query} loading={<LoadingState what={t('comparison')} rows={tariffs.length} />}>
      {({ bills }) => (
        <DataTable<Bill>
          label={t('comparison')}
          rows={bills}
          rowKey={({ tariff }) => tariff.id}
          busy={query.isPlaceholderData}
          columns={[
            {
              header: t('tariff'),
              rowHeader: true,
              wrap: true,
              cell: ({ tariff }) => t('tariffOf', { municipality: tariff.municipality, name: tariff.name }),
            },
            { header: t('net'), numeric: true, cell: ({ net, currency }) => showMoney(net, currency) },
            { header: t('tax'), numeric: true, cell: ({ tax, currency }) => showMoney(tax, currency) },
            { header: t('total'), numeric: true, cell: ({ total, currency }) => showMoney(total, currency) },
            { header: t('difference'), numeric: true, cell: (bill) => difference(bills[0], bill) },
          ]}
        />
      )}
    </QueryContent>
  );
}

/** Nothing of the first itself, and nothing of another currency. */
function difference(first: Bill | undefined, bill: Bill): string {
  if (first === undefined || first === bill || first.currency !== bill.currency) return missing;
  const share = relativeDifference(first.total, bill.total);
  return share === null ? missing : `${share > 0 ? '+' : ''}${showShare(share, 1)}`;
}
