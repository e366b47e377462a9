import { Group, Radio, Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { TariffSeason, TimeOfUseComponent } from '#libs/contracts';
import { useWords } from '#libs/ui';
import { addPeriod, removePeriod } from './document-edits.js';
import { FieldRow } from './field-row.js';
import { HourGrid } from './hour-grid.js';
import { AddItem, RemoveItem } from './item-buttons.js';
import { FieldProblem } from './season-fields.js';
import { SpanLists } from './span-list.js';
import { useVersionForm } from './version-form.js';
import { editorWords } from './words.js';
import styles from './hour-grid.module.css';

interface Props {
  component: TimeOfUseComponent;
  path: string;
}

/** Periods with their prices, and the hours of each season: painted by the hour, or typed to the minute. */
export function TimeOfUseFields({ component, path }: Props) {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const { seasons } = form.values.document;
  const charged = seasons.filter(({ id }) => component.seasons?.includes(id) ?? true);
  const [brush, setBrush] = useState(component.periods[0]?.id ?? '');
  return (
    <>
      <PeriodFields component={component} path={path} charged={charged} />
      <Radio.Group label={t('brush')} description={t('brushMeaning')} value={brush} onChange={setBrush}>
        <Group gap="md" mt={6}>
          {component.periods.map(({ id, name }, index) => (
            <Radio
              key={id}
              value={id}
              label={
                <span className={styles.legend}>
                  <span className={styles.swatch} data-period={index % 6} aria-hidden>
                    {index + 1}
                  </span>
                  {name}
                </span>
              }
            />
          ))}
        </Group>
      </Radio.Group>
      {charged.map((season) => (
        <Stack key={season.id} gap={6} component="section" aria-label={season.name}>
          <Title order={3}>{season.name}</Title>
          <HourGrid component={component} path={path} season={season} brush={brush} />
          <SpanLists component={component} path={path} season={season} />
        </Stack>
      ))}
      <FieldProblem path={`${path}.grid`} />
    </>
  );
}

function PeriodFields({ component, path, charged }: Props & { charged: readonly TariffSeason[] }) {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const { seasons } = form.values.document;
  const setComponent = (changed: TimeOfUseComponent) => form.setFieldValue(path, changed);
  return (
    <>
      {component.periods.map((period, index) => (
        <FieldRow key={period.id} label={period.name}>
          <TextInput label={t('period')} {...form.getInputProps(`${path}.periods.${index}.name`)} />
          {charged.map((season) => (
            <PriceField
              key={season.id}
              component={component}
              path={path}
              season={season}
              period={period.id}
              isOnly={charged.length === 1}
            />
          ))}
          {component.periods.length > 1 && (
            <RemoveItem name={period.name} onClick={() => setComponent(removePeriod(component, period.id))} />
          )}
        </FieldRow>
      ))}
      <FieldProblem path={`${path}.prices`} />
      <AddItem
        label={t('addPeriod')}
        onClick={() =>
          setComponent(
            addPeriod(component, seasons, t('periodNumber', { number: component.periods.length + 1 })),
          )
        }
      />
    </>
  );
}

type PriceProps = Props & { season: TariffSeason; period: string; isOnly: boolean };

function PriceField({ component, path, season, period, isOnly }: PriceProps) {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const index = component.prices.findIndex((one) => one.season === season.id && one.period === period);
  const label = isOnly ? t('perKwh') : t('perKwhIn', { season: season.name });
  if (index !== -1) {
    return (
      <TextInput
        label={label}
        inputMode="decimal"
        w={170}
        {...form.getInputProps(`${path}.prices.${index}.perKwh`)}
      />
    );
  }
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      w={170}
      value=""
      onChange={({ currentTarget: { value } }) =>
        form.setFieldValue(`${path}.prices`, [
          ...component.prices,
          { season: season.id, period, perKwh: value },
        ])
      }
    />
  );
}
