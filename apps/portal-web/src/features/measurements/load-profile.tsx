import { Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { SiteEnergy } from '#libs/contracts';
import { DataTable, useWords, type Column } from '#libs/ui';
import styles from './load-profile.module.css';
import { formatPower } from './power-format.js';
import { strengthOf, weekdayNames } from './profile-cells.js';
import { daysText } from './range-text.js';
import { chartWords } from './words.js';

/** Weekday × hour as colours, and the same as a table of figures behind it. */
export function LoadProfile({ energy }: { energy: SiteEnergy }) {
  const t = useWords(chartWords);
  const { profile, timeZone } = energy;
  const values = profile.flat().filter((value) => value !== null);
  const range = { from: Date.parse(energy.from), to: Date.parse(energy.to) };
  return (
    <>
      <Title order={2} size="h3">
        {t('profile')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t('profileMeaning', { range: daysText(range, timeZone), zone: timeZone })}
      </Text>
      <Cells profile={profile} />
      <Text size="xs" c="dimmed" mt="xs">
        {values.length === 0
          ? t('profileEmpty')
          : t('profileShows', {
              least: formatPower(Math.min(...values)),
              most: formatPower(Math.max(...values)),
            })}
      </Text>
      <details className={styles.figures}>
        <summary>{t('showFigures')}</summary>
        <Figures profile={profile} />
      </details>
    </>
  );
}

type Profile = Pick<SiteEnergy, 'profile'>;

/** Hidden from screen readers: the table of figures says it better. */
function Cells({ profile }: Profile) {
  const strength = strengthOf(profile);
  const names = weekdayNames('short');
  return (
    <div className={styles.grid} aria-hidden>
      {profile.map((hours, weekday) => [
        <span key={`name ${String(weekday)}`} className={styles.weekday}>
          {names[weekday]}
        </span>,
        ...hours.map((powerW, hour) => (
          <span
            key={`${String(weekday)} ${String(hour)}`}
            className={styles.cell}
            data-missing={powerW === null}
            style={{ ['--strength' as string]: `${String(strength(powerW))}%` }}
            title={`${names[weekday] ?? ''} ${clock(hour)}: ${formatPower(powerW)}`}
          />
        )),
      ])}
      <span />
      {Array.from({ length: 24 }, (_, hour) => (
        <span key={hour} className={styles.hour}>
          {hour % 6 === 0 ? String(hour) : ''}
        </span>
      ))}
    </div>
  );
}

interface HourRow {
  hour: number;
  powerW: (number | null)[];
}

function Figures({ profile }: Profile) {
  const t = useWords(chartWords);
  const rows = useMemo<HourRow[]>(
    () =>
      Array.from({ length: 24 }, (_, hour) => ({ hour, powerW: profile.map((day) => day[hour] ?? null) })),
    [profile],
  );
  const columns: Column<HourRow>[] = [
    { header: t('hour'), rowHeader: true, cell: ({ hour }) => clock(hour) },
    ...weekdayNames('long').map((name, weekday) => ({
      header: name,
      numeric: true,
      cell: ({ powerW }: HourRow) => formatPower(powerW[weekday] ?? null),
    })),
  ];
  return (
    <DataTable
      label={t('profileFigures')}
      columns={columns}
      rows={rows}
      rowKey={({ hour }) => String(hour)}
      compact
    />
  );
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
