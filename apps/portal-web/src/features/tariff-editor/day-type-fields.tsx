import { Checkbox, Group, TextInput } from '@mantine/core';
import type { TariffDayType } from '#libs/contracts';
import { currentLocale, useWords } from '#libs/ui';
import { addDayType, moveDay, removeDayType } from './document-edits.js';
import { FieldRow } from './field-row.js';
import { AddItem, RemoveItem } from './item-buttons.js';
import { FieldProblem } from './season-fields.js';
import { useVersionForm } from './version-form.js';
import { editorWords } from './words.js';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Which days of the week have the same hours; public holidays where a calendar is set. */
export function DayTypeFields() {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const { document } = form.values;
  const days: TariffDayType['days'] = document.holidays === null ? [...weekdays] : [...weekdays, 'holiday'];
  return (
    <>
      {document.dayTypes.map((dayType, index) => (
        <FieldRow key={dayType.id} label={dayType.name}>
          <TextInput label={t('name')} {...form.getInputProps(`document.dayTypes.${index}.name`)} />
          <Checkbox.Group
            label={t('days')}
            value={dayType.days}
            error={form.errors[`document.dayTypes.${index}.days`]}
            onChange={(chosen) => form.setFieldValue('document', moveDay(document, dayType.id, chosen))}
          >
            <Group gap="sm" py={6}>
              {days.map((day) => (
                <Checkbox
                  key={day}
                  value={day}
                  label={day === 'holiday' ? t('holidays') : weekdayName(weekdays.indexOf(day))}
                />
              ))}
            </Group>
          </Checkbox.Group>
          {document.dayTypes.length > 1 && (
            <RemoveItem
              name={dayType.name}
              onClick={() => form.setFieldValue('document', removeDayType(document, dayType.id))}
            />
          )}
        </FieldRow>
      ))}
      <FieldProblem path="document.dayTypes" />
      <AddItem
        label={t('addDayType')}
        onClick={() =>
          form.setFieldValue(
            'document',
            addDayType(document, t('dayTypeNumber', { number: document.dayTypes.length + 1 })),
          )
        }
      />
    </>
  );
}

/** Of Monday as 0, in the language on screen. */
function weekdayName(index: number): string {
  const format = new Intl.DateTimeFormat(currentLocale(), { weekday: 'short', timeZone: 'UTC' });
  return format.format(Date.UTC(2024, 0, 1 + index));
}
