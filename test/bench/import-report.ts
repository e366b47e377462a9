/** What is imported: one large file, one a tenth of it (for its memory), many small ones; or raw `COPY` of the large one's rows. */
export type ImportMode = 'copy' | 'large' | 'little' | 'small';

export interface ImportMeasurement {
  mode: ImportMode;
  push: boolean;
  files: number;
  /** Measurements: one value of one channel at one time. */
  points: number;
  seconds: number;
  programCpuSeconds: number;
  /** Null where the server runs on another machine. */
  serverCpuSeconds: number | null;
  peakMegabytes: number;
}

interface Line {
  mode: ImportMode;
  push: boolean;
  pointsPerSecond: number;
  filesPerSecond: number;
  /** Points per second over those of the `COPY` of the same round. */
  ratio: number;
  programCpuSecondsPerMillion: number;
  serverCpuSecondsPerMillion: number | null;
  peakMegabytes: number;
}

export interface ImportResult {
  cores: number;
  rounds: number;
  lines: Line[];
}

const aims = { ratio: 0.7, filesPerSecond: 150 };

export function summariseImport(
  measurements: readonly ImportMeasurement[],
  facts: Pick<ImportResult, 'cores'>,
): ImportResult {
  const copies = measurements.filter(({ mode }) => mode === 'copy');
  const kinds = new Map(measurements.map((one) => [`${one.mode} ${one.push}`, one]));
  return {
    ...facts,
    rounds: copies.length,
    lines: [...kinds.values()].map((kind) => summarise(kind, measurements, copies)),
  };
}

function summarise(
  { mode, push }: ImportMeasurement,
  measurements: readonly ImportMeasurement[],
  copies: readonly ImportMeasurement[],
): Line {
  const own = measurements.filter((one) => one.mode === mode && one.push === push);
  const middle = (value: (one: ImportMeasurement, round: number) => number) => median(own.map(value));
  const rate = ({ points, seconds }: ImportMeasurement) => points / seconds;
  return {
    mode,
    push,
    pointsPerSecond: middle(rate),
    filesPerSecond: middle(({ files, seconds }) => files / seconds),
    ratio: middle((one, round) => rate(one) / rate(copies[round] ?? one)),
    programCpuSecondsPerMillion: middle((one) => (one.programCpuSeconds / one.points) * 1e6),
    serverCpuSecondsPerMillion: own.some((one) => one.serverCpuSeconds === null)
      ? null
      : middle((one) => ((one.serverCpuSeconds ?? 0) / one.points) * 1e6),
    peakMegabytes: Math.max(...own.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

const names: Record<ImportMode, string> = {
  copy: 'raw text COPY',
  large: 'large file',
  little: 'a tenth of it',
  small: 'small files',
};

export function printImport({ lines, rounds, cores }: ImportResult): void {
  console.log(`medians of ${rounds}, ${cores} cores`);
  printCells('', ['points/s', 'of COPY', 'files/s', 'Node s/M', 'PG s/M', 'peak MB']);
  for (const line of lines) {
    const isImport = line.mode !== 'copy';
    printCells(`${names[line.mode]}${line.push ? ', push on' : ''}`, [
      String(Math.round(line.pointsPerSecond)),
      line.ratio.toFixed(2),
      isImport ? line.filesPerSecond.toFixed(1) : '',
      isImport ? line.programCpuSecondsPerMillion.toFixed(2) : '',
      line.serverCpuSecondsPerMillion?.toFixed(2) ?? 'n/a',
      isImport ? line.peakMegabytes.toFixed(0) : '',
    ]);
  }
  const find = (mode: ImportMode) => lines.find((line) => line.mode === mode && !line.push);
  console.log(`large file: ${find('large')?.ratio.toFixed(2)} of COPY (aim: at least ${aims.ratio})`);
  console.log(
    `small files: ${find('small')?.filesPerSecond.toFixed(0)} files/s (aim: at least ${aims.filesPerSecond})`,
  );
}

function printCells(label: string, cells: readonly string[]): void {
  console.log(label.padEnd(22) + cells.map((cell) => cell.padStart(10)).join(''));
}
