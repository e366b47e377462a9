import { Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core';
import type { DemandComponent, TariffComponent } from '#libs/contracts';
import { useWords } from '#libs/ui';
import { BlockFields } from './block-fields.js';
import { orNull, useVersionForm } from './version-form.js';
import { editorWords } from './words.js';

type Priced = Exclude<TariffComponent, { kind: 'time-of-use' }>;

/** What a charge costs, by its kind. */
export function PriceFields({ component, path }: { component: Priced; path: string }) {
  if (component.kind === 'blocks') return <BlockFields component={component} path={path} />;
  if (component.kind === 'capacity') return <CapacityFields path={path} />;
  if (component.kind === 'demand') return <DemandFields component={component} path={path} />;
  return component.kind === 'fixed' ? <FixedFields path={path} /> : <LevyField path={path} />;
}

function LevyField({ path }: { path: string }) {
  const t = useWords(editorWords);
  const form = useVersionForm();
  return (
    <TextInput
      label={t('perKwh')}
      description={t('perKwhMeaning')}
      inputMode="decimal"
      maw={240}
      {...form.getInputProps(`${path}.perKwh`)}
    />
  );
}

function FixedFields({ path }: { path: string }) {
  const t = useWords(editorWords);
  const form = useVersionForm();
  return (
    <Group gap="sm" align="flex-end">
      <TextInput label={t('amount')} inputMode="decimal" {...form.getInputProps(`${path}.amount`)} />
      <PerField path={path} />
    </Group>
  );
}

function PerField({ path }: { path: string }) {
  const t = useWords(editorWords);
  const form = useVersionForm();
  return (
    <Select
      label={t('per')}
      allowDeselect={false}
      data={[
        { value: 'month', label: t('perMonth') },
        { value: 'day', label: t('perDay') },
      ]}
      {...form.getInputProps(`${path}.per`)}
    />
  );
}

function CapacityFields({ path }: { path: string }) {
  const t = useWords(editorWords);
  const form = useVersionForm();
  return (
    <Group gap="sm" align="flex-start">
      <TextInput label={t('perUnit')} inputMode="decimal" {...form.getInputProps(`${path}.perUnit`)} />
      <Select
        label={t('unit')}
        allowDeselect={false}
        data={['A', 'kVA']}
        w={110}
        {...form.getInputProps(`${path}.unit`)}
      />
      <PerField path={path} />
      <TextInput
        label={t('capacity')}
        description={t('capacityMeaning')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        inputMode="decimal"
        {...orNull(form.getInputProps(`${path}.quantity`))}
      />
    </Group>
  );
}

function DemandFields({ component, path }: { component: DemandComponent; path: string }) {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const { ratchet } = component;
  return (
    <>
      <Group gap="sm" align="flex-end">
        <TextInput label={t('perUnitMonth')} inputMode="decimal" {...form.getInputProps(`${path}.perUnit`)} />
        <Select
          label={t('unit')}
          allowDeselect={false}
          data={['kW', 'kVA']}
          w={110}
          {...form.getInputProps(`${path}.unit`)}
        />
        <Select
          label={t('averageOf')}
          allowDeselect={false}
          data={[15, 30].map((minutes) => ({ value: String(minutes), label: t('minutes', { minutes }) }))}
          value={String(component.intervalMinutes)}
          onChange={(value) => form.setFieldValue(`${path}.intervalMinutes`, value === '15' ? 15 : 30)}
        />
      </Group>
      <Checkbox
        label={t('ratchet')}
        checked={ratchet !== null}
        onChange={({ currentTarget: { checked } }) =>
          form.setFieldValue(`${path}.ratchet`, checked ? { months: 11, share: '0.7' } : null)
        }
      />
      {ratchet !== null && (
        <Group gap="sm" align="flex-end">
          <TextInput
            label={t('ratchetShare')}
            inputMode="decimal"
            {...form.getInputProps(`${path}.ratchet.share`)}
          />
          <NumberInput
            hideControls
            label={t('ratchetMonths')}
            min={1}
            max={12}
            allowDecimal={false}
            {...form.getInputProps(`${path}.ratchet.months`)}
          />
        </Group>
      )}
    </>
  );
}
