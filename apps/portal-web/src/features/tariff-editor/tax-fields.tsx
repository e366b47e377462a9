import { Text, TextInput } from '@mantine/core';
import { useWords } from '#libs/ui';
import { LabelledMultiSelect } from '../tariffs/labelled-multi-select.js';
import { freeId } from './document-edits.js';
import { FieldRow } from './field-row.js';
import { AddItem, RemoveItem } from './item-buttons.js';
import { useVersionForm } from './version-form.js';
import { editorWords } from './words.js';

/** Taxes in percent, each of the charges that it names. */
export function TaxFields() {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const { taxes, components } = form.values.document;
  const choices = components.map(({ id, name }) => ({ value: id, label: name }));
  const setTaxes = (changed: typeof taxes) => form.setFieldValue('document.taxes', changed);
  return (
    <>
      {taxes.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noTaxes')}
        </Text>
      )}
      {taxes.map((tax, index) => (
        <FieldRow key={tax.id} label={tax.name}>
          <TextInput label={t('name')} {...form.getInputProps(`document.taxes.${index}.name`)} />
          <TextInput
            label={t('percent')}
            inputMode="decimal"
            w={110}
            {...form.getInputProps(`document.taxes.${index}.percent`)}
          />
          <LabelledMultiSelect
            label={t('taxOn')}
            placeholder={tax.on === null ? t('allCharges') : ''}
            data={choices}
            miw={220}
            value={tax.on ?? []}
            onChange={(ids) =>
              form.setFieldValue(`document.taxes.${index}.on`, ids.length === 0 ? null : ids)
            }
          />
          <RemoveItem name={tax.name} onClick={() => setTaxes(taxes.filter(({ id }) => id !== tax.id))} />
        </FieldRow>
      ))}
      <AddItem
        label={t('addTax')}
        onClick={() =>
          setTaxes([...taxes, { id: freeId('tax', taxes), name: t('tax'), percent: '0', on: null }])
        }
      />
    </>
  );
}
