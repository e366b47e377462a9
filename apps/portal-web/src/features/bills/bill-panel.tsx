import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Bill, Municipality, SiteSummary } from '#libs/contracts';
import { EmptyState, LoadingState, QueryContent, Stats, useLanguage, useWords, withQuery } from '#libs/ui';
import { showDecimal, showMoney, showShare } from './amounts.js';
import { BillLines } from './bill-lines.js';
import { BillRemarks } from './bill-remarks.js';
import { billQuery, sitePath, siteTariffQuery, type BillQuestion } from './bills.queries.js';
import { SiteTariffButton } from './site-tariff.js';
import { billWords } from './words.js';

interface Props {
  question: BillQuestion;
  site: SiteSummary | undefined;
  municipalities: readonly Municipality[];
}

/** The bill that was asked for; where the site has no tariff and none is chosen, what to do about it. */
export function BillPanel(props: Props) {
  const { question } = props;
  return question.tariff === undefined ? <BillOfOwnTariff {...props} /> : <MadeBill question={question} />;
}

function BillOfOwnTariff({ question, site, municipalities }: Props) {
  const t = useWords(billWords);
  const siteTariff = useQuery(siteTariffQuery(question.siteId));
  return (
    <QueryContent query={siteTariff} loading={<LoadingState what={t('theBill')} height={billHeight} />}>
      {({ tariff }) =>
        tariff === null ? (
          <Paper>
            <EmptyState Icon={IconReceipt} title={t('noTariff')}>
              <Text inherit mb="sm">
                {t('noTariffText')}
              </Text>
              {site !== undefined && (
                <SiteTariffButton variant="filled" site={site} municipalities={municipalities} />
              )}
            </EmptyState>
          </Paper>
        ) : (
          <MadeBill question={question} />
        )
      }
    </QueryContent>
  );
}

/** In pixels; kept while it is loaded. */
const billHeight = 360;

function MadeBill({ question }: { question: BillQuestion }) {
  const t = useWords(billWords);
  const query = useQuery(billQuery(question));
  return (
    <QueryContent query={query} loading={<LoadingState what={t('theBill')} height={billHeight} />}>
      {(bill) => <BillContent bill={bill} question={question} />}
    </QueryContent>
  );
}

function BillContent({ bill, question }: { bill: Bill; question: BillQuestion }) {
  const t = useWords(billWords);
  const { tariff, currency } = bill;
  return (
    <Stack gap="md" component="section" aria-labelledby="bill">
      <Paper p="md">
        <Group justify="space-between" align="flex-start" mb="sm">
          <div>
            <Title order={2} id="bill">
              {t('tariffOf', { municipality: tariff.municipality, name: tariff.name })}
            </Title>
            <Text size="sm" c="dimmed">
              {t('timeZone', { timeZone: bill.timeZone })}
            </Text>
          </div>
          <Downloads question={question} />
        </Group>
        <Stats
          items={[
            { label: t('total'), value: <b>{showMoney(bill.total, currency)}</b> },
            { label: t('net'), value: showMoney(bill.net, currency) },
            { label: t('tax'), value: showMoney(bill.tax, currency) },
            { label: t('energy'), value: `${showDecimal(bill.energyKwh, 3)}\u202FkWh` },
            { label: t('measured'), value: showShare(bill.completeness) },
          ]}
        />
      </Paper>
      <BillRemarks bill={bill} />
      <Paper>
        <BillLines bill={bill} />
      </Paper>
    </Stack>
  );
}

function Downloads({ question: { siteId, from, to, tariff } }: { question: BillQuestion }) {
  const t = useWords(billWords);
  const language = useLanguage();
  const files = [
    { ending: '.pdf', label: t('pdf') },
    { ending: '.xlsx', label: t('workbook') },
    { ending: '', label: t('json') },
  ];
  return (
    <Group gap="md" component="nav" aria-label={t('downloads')}>
      {files.map(({ ending, label }) => (
        <Anchor
          key={label}
          size="sm"
          underline="always"
          href={withQuery(sitePath(siteId, `/bill${ending}`), { from, to, tariff, language })}
          download
        >
          {label}
        </Anchor>
      ))}
    </Group>
  );
}
