import { z } from 'zod';
import { timeZone } from './time-zone.js';

/** Most channels that one mapping reads. */
const maxChannels = 500;

/** 1-based, as a spreadsheet counts. */
const column = z.number().int().min(1).max(1_000);

/** Text of a person that ends up in tables and file headers: no line break, no NUL. */
function plainText(maxLength: number, minLength = 1) {
  return z
    .string()
    .trim()
    .min(minLength)
    .max(maxLength)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'must not hold control characters');
}

/** As the header of a meter file spells it. */
export const deviceSerial = z
  .string()
  .regex(
    /^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/,
    'must be 1 to 64 letters, digits, points, dashes or underscores, and begin with a letter or digit',
  );

const timePattern = /^(?:YYYY|YY|MM?|DD?|HH?|hh?|mm|ss|A|[-/.:,T _])+$/;

/**
 * How a time is written: `iso` (ISO 8601, with or without an offset), `unix` (seconds since 1970), `unix-ms`, or a pattern
 * such as `DD/MM/YYYY HH:mm` of YYYY YY, MM M, DD D, HH H (0 to 24) or hh h with A (AM, PM), mm, ss, and - / . : , T _ or spaces.
 */
export const timeFormat = z
  .string()
  .max(40)
  .refine((format) => isNamedFormat(format) || isCompletePattern(format), {
    message:
      'must be iso, unix, unix-ms or a pattern with day, month and year, each once, such as DD/MM/YYYY HH:mm',
  });

function isNamedFormat(format: string): boolean {
  return format === 'iso' || format === 'unix' || format === 'unix-ms';
}

function isCompletePattern(format: string): boolean {
  if (!timePattern.test(format)) return false;
  const count = (letters: RegExp) => format.match(letters)?.length ?? 0;
  const halfDays = count(/hh?/g);
  return (
    [/Y{2,4}/g, /MM?/g, /DD?/g].every((part) => count(part) === 1) &&
    [/mm/g, /ss/g, /A/g].every((part) => count(part) <= 1) &&
    count(/HH?/g) + halfDays <= 1 &&
    halfDays === count(/A/g)
  );
}

const timeColumns = z.strictObject({
  /** One, or date and time of day, which are joined by a space. */
  columns: z.array(column).min(1).max(2),
  /** Tried in this order. */
  formats: z.array(timeFormat).min(1).max(5),
  /** Of times that carry no offset of their own. */
  timeZone,
  /** Added to every time: -900 where a file names the end of each quarter of an hour. */
  shiftSeconds: z.number().int().min(-86_400).max(86_400),
});

const channel = {
  /** Unique within the device, as `U1` and `Ch3` of a meter file. */
  label: plainText(64),
  name: plainText(256, 0),
  unit: plainText(32, 0),
  /** What a value of the file is multiplied by: 1000 where it says kW and the channel is in W. */
  factor: z.number().refine((factor) => factor !== 0, 'must not be 0'),
};

const wideValues = z.strictObject({
  layout: z.literal('wide'),
  /** One column per channel. */
  channels: z
    .array(z.strictObject({ column, ...channel }))
    .min(1)
    .max(maxChannels),
});

const longValues = z.strictObject({
  layout: z.literal('long'),
  channelColumn: column,
  valueColumn: column,
  /** By what stands in the channel's column; rows of other channels are rejected. */
  channels: z
    .array(z.strictObject({ key: plainText(256), ...channel }))
    .min(1)
    .max(maxChannels),
});

/** How the rows of a CSV or TSV file are cut into cells. */
export const csvDialect = z.strictObject({
  encoding: z.enum(['utf-8', 'windows-1252', 'utf-16le']),
  delimiter: z.enum([',', ';', '\t', '|']),
  /** Lines before the header, or before the first row where there is none. */
  skipLines: z.number().int().min(0).max(1_000),
  hasHeader: z.boolean(),
});

/** How a CSV or TSV file of any maker is read as measurements of one device. */
export const columnMapping = csvDialect
  .extend({
    decimalMark: z.enum(['.', ',']),
    time: timeColumns,
    device: deviceSerial,
    /** Cells that say there is no value, beside empty ones. */
    noValue: z.array(plainText(32)).max(10),
    values: z.discriminatedUnion('layout', [wideValues, longValues]),
  })
  .superRefine((mapping, context) => {
    for (const { path, message } of mappingProblems(mapping))
      context.addIssue({ code: 'custom', path, message });
  });

type Mapping = z.infer<typeof csvDialect> & {
  time: z.infer<typeof timeColumns>;
  values: z.infer<typeof wideValues> | z.infer<typeof longValues>;
};

/** What no single field shows: a column that is read twice, a channel that is there twice. */
function mappingProblems({ time, values }: Mapping): { path: (string | number)[]; message: string }[] {
  const used = new Set(time.columns);
  const problems: { path: (string | number)[]; message: string }[] = [];
  const use = (number: number, path: (string | number)[]) => {
    if (used.has(number)) problems.push({ path, message: `column ${number} is read already` });
    used.add(number);
  };
  if (used.size < time.columns.length) {
    problems.push({ path: ['time', 'columns'], message: 'must be two different columns' });
  }
  if (values.layout === 'long') {
    use(values.channelColumn, ['values', 'channelColumn']);
    use(values.valueColumn, ['values', 'valueColumn']);
  } else {
    for (const [index, { column: number }] of values.channels.entries()) {
      use(number, ['values', 'channels', index, 'column']);
    }
  }
  return [...problems, ...channelProblems(values)];
}

function channelProblems(values: Mapping['values']): { path: (string | number)[]; message: string }[] {
  const seen = new Set<string>();
  return values.channels.flatMap((one, index) => {
    const names = [`${one.label}\n${one.unit}`, ...('key' in one ? [`key ${one.key}`] : [])];
    const twice = names.findIndex((name) => seen.has(name));
    for (const name of names) seen.add(name);
    if (twice === -1) return [];
    const [field, message] =
      twice === 0
        ? ['label', `${one.label} is there twice with this unit`]
        : ['key', 'another channel has it already'];
    return [{ path: ['values', 'channels', index, field], message }];
  });
}

export type CsvDialect = z.infer<typeof csvDialect>;
export type ColumnMapping = z.infer<typeof columnMapping>;
export type MappedValues = ColumnMapping['values'];
