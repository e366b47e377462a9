import type { ColumnMapping } from '#libs/contracts';
import { timeReader } from './time-format.js';

const dates = [
  'DD/MM/YYYY',
  'DD.MM.YYYY',
  'DD-MM-YYYY',
  'YYYY/MM/DD',
  'MM/DD/YYYY',
  'D/M/YYYY',
  'M/D/YYYY',
  'D.M.YYYY',
  'DD/MM/YY',
  'DD.MM.YY',
  'YYYYMMDD',
];
const times = ['HH:mm:ss', 'HH:mm', 'H:mm:ss', 'H:mm', 'h:mm:ss A', 'h:mm A'];

/** Day before month where both fit: who writes the month first sees it in the preview. */
const formats = [
  'iso',
  ...dates.flatMap((date) => times.map((time) => `${date} ${time}`)),
  'unix',
  'unix-ms',
];

type GuessedTime = Pick<ColumnMapping['time'], 'columns' | 'formats'>;

/**
 * The leftmost column, or pair of neighbours, whose cells are all times of one format.
 * @param rows cells of rows that hold data
 */
export function guessTime(rows: readonly (readonly string[])[]): GuessedTime | undefined {
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  const places = Array.from({ length: width }, (_, index) => [[index + 1], [index + 1, index + 2]]).flat();
  for (const columns of [...places.filter(isSingle), ...places.filter((place) => !isSingle(place))]) {
    const texts = rows.map((cells) =>
      columns
        .map((column) => cells[column - 1] ?? '')
        .join(' ')
        .trim(),
    );
    const format = formats.find((one) => {
      const read = timeReader(one);
      return texts.length > 0 && texts.every((text) => read(text) !== undefined);
    });
    // A date alone is found in a column of its own before the time of day beside it is looked at.
    if (format !== undefined && !(isSingle(columns) && isDateAlone(texts)))
      return { columns, formats: [format] };
  }
  return undefined;
}

function isSingle(columns: readonly number[]): boolean {
  return columns.length === 1;
}

function isDateAlone(texts: readonly string[]): boolean {
  return texts.every((text) => /^\d{4}-\d{2}-\d{2}$/.test(text));
}
