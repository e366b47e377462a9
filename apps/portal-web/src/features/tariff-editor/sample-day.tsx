import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ComputedBill, SampleDayBody } from '#libs/contracts';
import { api, ErrorState, localTimeZone, useWords, type WordKey } from '#libs/ui';
import { showMoney } from '../bills/amounts.js';
import { BillLines } from '../bills/bill-lines.js';
import { sampleDay, sampleShapes, type SampleShape } from './sample-shapes.js';
import { useVersionForm } from './version-form.js';
import { editorWords } from './words.js';

const shapeLabels = {
  flat: 'shapeFlat',
  household: 'shapeHousehold',
  office: 'shapeOffice',
} satisfies Record<SampleShape, WordKey<typeof editorWords>>;

/** What one day would cost by the document as it is now, saved or not. */
export function SampleDay() {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const [day, setDay] = useState(form.values.firstDay);
  const [kwh, setKwh] = useState<number | string>(24);
  const [shape, setShape] = useState<SampleShape>('household');
  const pricing = useMutation({
    mutationFn: (body: Omit<SampleDayBody, 'subscribed'>) =>
      api.post<ComputedBill>('/api/tariffs/sample-day', body),
  });
  const price = () => {
    if (form.validate().hasErrors) return;
    const { document } = form.values;
    const hourlyKwh = sampleDay(shape, Number(kwh));
    pricing.mutate({ document, day, timeZone: localTimeZone, hourlyKwh });
  };
  return (
    <>
      <Group gap="sm" align="flex-end">
        <TextInput
          label={t('day')}
          type="date"
          value={day}
          onChange={({ currentTarget: { value } }) => setDay(value)}
        />
        <NumberInput
          hideControls
          label={t('kwhOfDay')}
          min={0}
          max={1_000_000}
          w={140}
          value={kwh}
          onChange={setKwh}
        />
        <Select
          label={t('shape')}
          allowDeselect={false}
          data={sampleShapes.map((value) => ({ value, label: t(shapeLabels[value]) }))}
          value={shape}
          onChange={(value) => value !== null && setShape(value)}
        />
        <Button variant="default" loading={pricing.isPending} onClick={price}>
          {t('priceDay')}
        </Button>
      </Group>
      {pricing.error !== null && <ErrorState error={pricing.error} />}
      {pricing.data !== undefined && <PricedDay bill={pricing.data} />}
    </>
  );
}

function PricedDay({ bill }: { bill: ComputedBill }) {
  const t = useWords(editorWords);
  return (
    <Stack gap="xs" component="output" aria-label={t('priceOfDay')}>
      <Text size="sm">
        {t('dayCosts', { total: showMoney(bill.total, bill.currency) })}{' '}
        {bill.problems.length > 0 && t('withoutSubscription')}
      </Text>
      <BillLines bill={{ ...bill, versions: [] }} />
    </Stack>
  );
}
