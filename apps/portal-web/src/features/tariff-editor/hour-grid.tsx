import { Text } from '@mantine/core';
import { useRef, useState, type KeyboardEvent } from 'react';
import {
  clockOfMinute,
  dayGridFaults,
  type TariffSeason,
  type TariffSpan,
  type TimeOfUseComponent,
} from '#libs/contracts';
import { useWords, type Translate } from '#libs/ui';
import { hourCells, moveInGrid, paint, type HourCell } from './grid-model.js';
import { useVersionForm } from './version-form.js';
import { editorWords } from './words.js';
import styles from './hour-grid.module.css';

interface Props {
  component: TimeOfUseComponent;
  path: string;
  season: TariffSeason;
  /** Id of the period that an hour gets when it is pressed. */
  brush: string;
}

/** 24 hours for each day type. Arrow keys go from hour to hour, Space paints; the pointer paints while it is down. */
export function HourGrid({ component, path, season, brush }: Props) {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const { dayTypes } = form.values.document;
  const table = useRef<HTMLTableElement>(null);
  const [focused, setFocused] = useState({ row: 0, hour: 0 });
  const spansOf = (dayType: string) =>
    component.grid.find((one) => one.season === season.id && one.dayType === dayType)?.spans ?? [];
  const paintHour = (dayType: string, hour: number) => {
    const spans = paint(spansOf(dayType), hour * 60, hour * 60 + 60, brush);
    form.setFieldValue(`${path}.grid`, withSpans(component.grid, season.id, dayType, spans));
  };
  const moveFocus = (event: KeyboardEvent, from: { row: number; hour: number }) => {
    const to = moveInGrid(from, event.key, dayTypes.length);
    if (to === undefined) return;
    event.preventDefault();
    setFocused(to);
    table.current?.querySelector<HTMLButtonElement>(`[data-at="${to.row} ${to.hour}"]`)?.focus();
  };
  return (
    <div className={styles.scroll}>
      <table
        ref={table}
        className={styles.grid}
        aria-label={t('hoursOf', { charge: component.name, season: season.name })}
      >
        <thead>
          <tr>
            <th scope="col">{t('dayType')}</th>
            {Array.from({ length: 24 }, (_, hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {dayTypes.map((dayType, row) => (
            <tr key={dayType.id}>
              <th scope="row">{dayType.name}</th>
              {hourCells(spansOf(dayType.id)).map((cell) => (
                <td key={cell.hour}>
                  <button
                    type="button"
                    className={styles.hour}
                    data-at={`${String(row)} ${String(cell.hour)}`}
                    tabIndex={focused.row === row && focused.hour === cell.hour ? 0 : -1}
                    aria-label={`${dayType.name}, ${describeCell(cell, component, t)}`}
                    onFocus={() => setFocused({ row, hour: cell.hour })}
                    onKeyDown={(event) => moveFocus(event, { row, hour: cell.hour })}
                    onClick={() => paintHour(dayType.id, cell.hour)}
                    onPointerDown={({ currentTarget, pointerId, pointerType, button }) => {
                      // Else the first cell keeps the pointer, and the others never hear of it.
                      if (currentTarget.hasPointerCapture(pointerId))
                        currentTarget.releasePointerCapture(pointerId);
                      // A stroke that ends elsewhere is no click here. A finger may only be scrolling.
                      if (pointerType !== 'touch' && button === 0) paintHour(dayType.id, cell.hour);
                    }}
                    onPointerEnter={({ buttons }) => {
                      if (buttons === 1) paintHour(dayType.id, cell.hour);
                    }}
                  >
                    <CellParts cell={cell} component={component} />
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {dayTypes.map((dayType) =>
        dayGridFaults(spansOf(dayType.id)).map(({ kind, from, to }) => (
          <Text
            key={`${dayType.id} ${kind} ${from} ${to}`}
            size="sm"
            c="var(--mantine-color-error)"
            role="alert"
          >
            {t(faultLabels[kind], { day: dayType.name, from: clockOfMinute(from), to: clockOfMinute(to) })}
          </Text>
        )),
      )}
    </div>
  );
}

const faultLabels = { gap: 'faultGap', overlap: 'faultOverlap', backwards: 'faultBackwards' } as const;

/** The parts of an hour beside each other, with the number of their period; a gap is hatched, an overlap red. */
function CellParts({ cell, component }: { cell: HourCell; component: TimeOfUseComponent }) {
  return cell.parts.map(({ from, to, periods }) => {
    const index = component.periods.findIndex(({ id }) => id === periods[0]);
    const state = periods.length === 0 ? 'gap' : periods.length > 1 ? 'overlap' : String(index % 6);
    const mark = periods.length > 1 ? '!' : index === -1 ? '?' : String(index + 1);
    return (
      // The mark is drawn by the style sheet: it is no text that the name of the button would have to hold.
      <span
        key={from}
        className={styles.part}
        style={{ flexGrow: to - from }}
        data-period={state}
        data-mark={mark}
      />
    );
  });
}

function describeCell(
  { parts }: HourCell,
  { periods: known }: TimeOfUseComponent,
  t: Translate<typeof editorWords>,
): string {
  return parts
    .map(({ from, to, periods }) => {
      const names = periods.map((id) => known.find((one) => one.id === id)?.name ?? id);
      const what = names.length === 0 ? t('noPeriod') : names.join(' + ');
      return `${clockOfMinute(from)}–${clockOfMinute(to)}: ${what}`;
    })
    .join(', ');
}

/** The grid with other spans on the days of a type in a season. */
export function withSpans(
  grid: TimeOfUseComponent['grid'],
  season: string,
  dayType: string,
  spans: TariffSpan[],
): TimeOfUseComponent['grid'] {
  const rest = grid.filter((one) => one.season !== season || one.dayType !== dayType);
  const place = grid.findIndex((one) => one.season === season && one.dayType === dayType);
  return rest.toSpliced(place === -1 ? rest.length : place, 0, { season, dayType, spans });
}
