import { Checkbox, Group, Select, TextInput } from '@mantine/core';
import { useWords } from '#libs/ui';
import { orNull, useVersionForm } from './version-form.js';
import { editorWords } from './words.js';

/** Validity, currency, rounding and the calendar of public holidays. */
export function GeneralFields({ canEndPrevious }: { canEndPrevious: boolean }) {
  const t = useWords(editorWords);
  const form = useVersionForm();
  return (
    <>
      <Group gap="sm" align="flex-start">
        <TextInput label={t('firstDay')} type="date" {...form.getInputProps('firstDay')} />
        <TextInput
          label={t('lastDay')}
          description={t('lastDayMeaning')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          type="date"
          {...orNull(form.getInputProps('lastDay'))}
        />
      </Group>
      {canEndPrevious && (
        <Checkbox label={t('endPrevious')} {...form.getInputProps('endPrevious', { type: 'checkbox' })} />
      )}
      <Group gap="sm" align="flex-start">
        <TextInput label={t('currency')} maxLength={3} w={110} {...form.getInputProps('document.currency')} />
        <Select
          label={t('roundWhen')}
          allowDeselect={false}
          data={[
            { value: 'line', label: t('roundLine') },
            { value: 'end', label: t('roundEnd') },
          ]}
          {...form.getInputProps('document.rounding.when')}
        />
        <Select
          label={t('roundMode')}
          allowDeselect={false}
          data={[
            { value: 'half-up', label: t('halfUp') },
            { value: 'half-even', label: t('halfEven') },
            { value: 'down', label: t('down') },
          ]}
          {...form.getInputProps('document.rounding.mode')}
        />
        <HolidayFields />
      </Group>
    </>
  );
}

function HolidayFields() {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const { holidays } = form.values.document;
  return (
    <>
      <TextInput
        label={t('country')}
        description={t('countryMeaning')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={2}
        w={200}
        value={holidays?.country ?? ''}
        error={form.errors['document.holidays.country'] ?? form.errors['document.holidays']}
        onChange={({ currentTarget: { value } }) =>
          form.setFieldValue(
            'document.holidays',
            value === '' ? null : { country: value.toUpperCase(), region: holidays?.region ?? null },
          )
        }
      />
      {holidays !== null && (
        <TextInput
          label={t('region')}
          maxLength={6}
          w={160}
          value={holidays.region ?? ''}
          error={form.errors['document.holidays.region']}
          onChange={({ currentTarget: { value } }) =>
            form.setFieldValue('document.holidays', {
              country: holidays.country,
              region: value === '' ? null : value.toUpperCase(),
            })
          }
        />
      )}
    </>
  );
}
