import { Select, Stack, Text, TextInput } from '@mantine/core';
import type { TariffDayType, TariffSeason, TariffSpan, TimeOfUseComponent } from '#libs/contracts';
import { useWords } from '#libs/ui';
import { withSpans } from './hour-grid.js';
import { FieldRow } from './field-row.js';
import { AddItem, RemoveItem } from './item-buttons.js';
import { useVersionForm } from './version-form.js';
import { editorWords } from './words.js';
import styles from './hour-grid.module.css';

interface Props {
  component: TimeOfUseComponent;
  path: string;
  season: TariffSeason;
}

/** The hours of a season as times that are typed, for tariffs that change in the middle of an hour. */
export function SpanLists({ component, path, season }: Props) {
  const t = useWords(editorWords);
  const { dayTypes } = useVersionForm().values.document;
  return (
    <details className={styles.spans}>
      <summary>{t('toTheMinute')}</summary>
      <Stack gap="md" mt="xs">
        {dayTypes.map((dayType) => (
          <SpanList key={dayType.id} component={component} path={path} season={season} dayType={dayType} />
        ))}
      </Stack>
    </details>
  );
}

function SpanList({ component, path, season, dayType }: Props & { dayType: TariffDayType }) {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const place = component.grid.findIndex((one) => one.season === season.id && one.dayType === dayType.id);
  const spans = component.grid[place]?.spans ?? [];
  const setSpans = (changed: TariffSpan[]) =>
    form.setFieldValue(`${path}.grid`, withSpans(component.grid, season.id, dayType.id, changed));
  const last = spans.at(-1);
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600}>
        {dayType.name}
      </Text>
      {spans.map((span, index) => (
        // A span has no name of its own: what makes one is its place.
        // oxlint-disable-next-line react/no-array-index-key
        <FieldRow key={index} label={`${dayType.name}, ${span.from}–${span.to}`}>
          <TextInput
            aria-label={t('from')}
            placeholder="06:30"
            size="xs"
            w={90}
            {...form.getInputProps(`${path}.grid.${place}.spans.${index}.from`)}
          />
          <TextInput
            aria-label={t('to')}
            placeholder="24:00"
            size="xs"
            w={90}
            {...form.getInputProps(`${path}.grid.${place}.spans.${index}.to`)}
          />
          <Select
            aria-label={t('period')}
            size="xs"
            allowDeselect={false}
            data={component.periods.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps(`${path}.grid.${place}.spans.${index}.period`)}
          />
          <RemoveItem
            name={`${span.from}–${span.to}`}
            onClick={() => setSpans(spans.filter((_, one) => one !== index))}
          />
        </FieldRow>
      ))}
      <AddItem
        label={t('addSpan')}
        onClick={() =>
          setSpans([
            ...spans,
            { from: last?.to ?? '00:00', to: '24:00', period: component.periods[0]?.id ?? '' },
          ])
        }
      />
    </Stack>
  );
}
