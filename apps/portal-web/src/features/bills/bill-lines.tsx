import { Text } from '@mantine/core';
import type { Bill, BillLine } from '#libs/contracts';
import { DataTable, useWords, type Column, type Translate, type WordKey } from '#libs/ui';
import { shiftDay, showDay } from '../tariffs/calendar-day.js';
import { showDecimal, showMoney, showShare } from './amounts.js';
import { billWords } from './words.js';

const unitLabels = {
  kWh: 'unitKwh',
  day: 'unitDay',
  month: 'unitMonth',
  A·day: 'unitADay',
  A·month: 'unitAMonth',
  kVA·day: 'unitKvaDay',
  kVA·month: 'unitKvaMonth',
  kW·month: 'unitKwMonth',
} satisfies Record<Exclude<BillLine['unit'], 'money'>, WordKey<typeof billWords>>;

/** What of a bill its lines need; a sample day has no versions. */
export type BillOfLines = Pick<Bill, 'lines' | 'currency' | 'versions' | 'from'>;

/** Every line as quantity × rate = amount. */
export function BillLines({ bill }: { bill: BillOfLines }) {
  const t = useWords(billWords);
  return (
    <DataTable
      label={t('lines')}
      columns={columns(bill, t)}
      rows={bill.lines.map((line, index) => ({ ...line, index }))}
      rowKey={({ index }) => String(index)}
    />
  );
}

function columns(bill: BillOfLines, t: Translate<typeof billWords>): Column<BillLine & { index: number }>[] {
  const { currency, versions } = bill;
  const shown: Column<BillLine & { index: number }>[] = [
    { header: t('item'), rowHeader: true, wrap: true, cell: (line) => <Item line={line} /> },
    {
      header: t('period'),
      cell: ({ from, to }) => (
        <Text span inherit c="dimmed">
          {showDay(from)} – {showDay(shiftDay(to, -1))}
        </Text>
      ),
    },
    {
      header: t('quantity'),
      numeric: true,
      cell: (line) => showQuantity(line, currency, t),
    },
    {
      header: t('rate'),
      numeric: true,
      cell: ({ rate, kind }) => (kind === 'tax' ? showShare(rate, 4) : showMoney(rate, currency, 8)),
    },
    { header: t('amount'), numeric: true, cell: ({ amount }) => showMoney(amount, currency, 2) },
  ];
  if (versions.length < 2) return shown;
  const firstDays = new Map(versions.map(({ id, firstDay }) => [id, firstDay]));
  const version: Column<BillLine & { index: number }> = {
    header: t('version'),
    cell: ({ versionId }) => showDay(firstDays.get(versionId) ?? bill.from),
  };
  return [...shown, version];
}

function showQuantity(
  { quantity, unit }: BillLine,
  currency: string | null,
  t: Translate<typeof billWords>,
): string {
  if (unit === 'money') return showMoney(quantity, currency, 2);
  const one = unit === 'day' ? 'unitOneDay' : 'unitOneMonth';
  const label = quantity === '1' && (unit === 'day' || unit === 'month') ? one : unitLabels[unit];
  return `${showDecimal(quantity, unit === 'kWh' ? 3 : 8)}\u202F${t(label)}`;
}

function Item({ line }: { line: BillLine }) {
  const t = useWords(billWords);
  const { name, detail, ratchet, isIncomplete } = line;
  return (
    <>
      {name}
      {detail !== null && (
        <Text span inherit c="dimmed" fw={400}>
          {' '}
          {detail}
        </Text>
      )}
      {ratchet !== null && (
        <Text size="xs" c="dimmed" fw={400}>
          {t('ratchet', { month: ratchet.month, peak: showDecimal(ratchet.peak, 3) })}
        </Text>
      )}
      {isIncomplete && (
        <Text size="xs" c="var(--warning)" fw={400}>
          {t('incomplete')}
        </Text>
      )}
    </>
  );
}
