import type { ColumnMapping, CsvDialect, MappedValues, UploadSample } from '#libs/contracts';

type Wide = Extract<MappedValues, { layout: 'wide' }>;
type Long = Extract<MappedValues, { layout: 'long' }>;

/** What any channel of a mapping has, whatever the layout. */
export type DraftChannel = Partial<Pick<Wide['channels'][number], 'column'>> &
  Partial<Pick<Long['channels'][number], 'key'>> &
  Omit<Wide['channels'][number], 'column'>;

/** How many columns the sample shows. */
export function columnCount({ header, table }: Pick<UploadSample, 'header' | 'table'>): number {
  return Math.max(header.length, ...table.map(({ cells }) => cells.length), 1);
}

export function dialectOf({ encoding, delimiter, skipLines, hasHeader }: ColumnMapping): CsvDialect {
  return { encoding, delimiter, skipLines, hasHeader };
}

/** True when the server can be asked what it reads: what is wrong beyond that, it says itself. */
export function isReadable({ values, time }: ColumnMapping): boolean {
  return values.channels.length > 0 && time.formats.length > 0 && time.columns.length > 0;
}

/** The mapping with another channel, of the next column or text that none has yet. */
export function withNewChannel(
  mapping: ColumnMapping,
  sample: Pick<UploadSample, 'header' | 'table'>,
): ColumnMapping {
  const { values } = mapping;
  const label = nextLabel(values.channels.map((channel) => channel.label));
  if (values.layout === 'long') {
    const key = textsOf(sample, values.channelColumn).find((text) =>
      values.channels.every((one) => one.key !== text),
    );
    const channel = { key: key ?? '', label, name: key ?? '', unit: '', factor: 1 };
    return { ...mapping, values: { ...values, channels: [...values.channels, channel] } };
  }
  const [column = 1] = freeColumns(mapping, columnCount(sample));
  const channel = { column, label, name: sample.header[column - 1] ?? '', unit: '', factor: 1 };
  return { ...mapping, values: { ...values, channels: [...values.channels, channel] } };
}

export function withChannel(
  mapping: ColumnMapping,
  index: number,
  change: Partial<DraftChannel>,
): ColumnMapping {
  const channels = mapping.values.channels.map((channel, at) =>
    at === index ? { ...channel, ...change } : channel,
  );
  return { ...mapping, values: { ...mapping.values, channels } as MappedValues };
}

export function withoutChannel(mapping: ColumnMapping, index: number): ColumnMapping {
  const channels = (mapping.values.channels as DraftChannel[]).filter((_, at) => at !== index);
  return { ...mapping, values: { ...mapping.values, channels } as MappedValues };
}

/** The other layout, with what the columns suggest. */
export function withLayout(
  mapping: ColumnMapping,
  layout: MappedValues['layout'],
  sample: Pick<UploadSample, 'header' | 'table'>,
): ColumnMapping {
  if (mapping.values.layout === layout) return mapping;
  const columns = freeColumns({ ...mapping, values: { layout: 'wide', channels: [] } }, columnCount(sample));
  if (layout === 'wide') {
    const channels = columns.map((column, index) => ({
      column,
      label: `Ch${String(index + 1)}`,
      name: sample.header[column - 1] ?? '',
      unit: '',
      factor: 1,
    }));
    return { ...mapping, values: { layout, channels } };
  }
  const [channelColumn = 1, valueColumn = channelColumn] = columns;
  return withChannelColumn(
    { ...mapping, values: { layout, channelColumn, valueColumn, channels: [] } },
    channelColumn,
    sample,
  );
}

/** Of a long file: the column that names the channels, with what stands in it. */
export function withChannelColumn(
  mapping: ColumnMapping,
  channelColumn: number,
  sample: Pick<UploadSample, 'header' | 'table'>,
): ColumnMapping {
  if (mapping.values.layout !== 'long') return mapping;
  const channels = textsOf(sample, channelColumn).map((key, index) => ({
    key,
    label: `Ch${String(index + 1)}`,
    name: key,
    unit: '',
    factor: 1,
  }));
  return { ...mapping, values: { ...mapping.values, channelColumn, channels } };
}

function freeColumns({ time, values }: ColumnMapping, count: number): number[] {
  const used = new Set([
    ...time.columns,
    ...(values.layout === 'wide' ? values.channels.map(({ column }) => column) : []),
  ]);
  return Array.from({ length: count }, (_, index) => index + 1).filter((column) => !used.has(column));
}

function textsOf({ table }: Pick<UploadSample, 'table'>, column: number): string[] {
  return [...new Set(table.map(({ cells }) => cells[column - 1] ?? '').filter((text) => text !== ''))];
}

function nextLabel(labels: readonly string[]): string {
  let number = labels.length + 1;
  while (labels.includes(`Ch${String(number)}`)) number += 1;
  return `Ch${String(number)}`;
}
