/** `copy` is the reference; the others go through Admin. */
export type Mode = 'copy' | 'ingest' | 'replay' | 'duplicate';

/** One mode in one round. */
export interface Measurement {
  mode: Mode;
  batches: number;
  rowsPerSecond: number;
  /** Of each batch, milliseconds. */
  latencies: number[];
  nodeCpuSecondsPerMillion: number;
  /** Null where the server is on another machine. */
  postgresCpuSecondsPerMillion: number | null;
  /** Highest resident memory of Admin since its start. */
  peakMegabytes: number;
}

interface ModeResult {
  rowsPerSecond: number;
  /** To raw `COPY`: the median of the rounds. */
  ratio: number;
  p50Ms: number;
  p99Ms: number;
  nodeCpuSecondsPerMillion: number;
  postgresCpuSecondsPerMillion: number | null;
}

interface Facts {
  /** Gzipped, of a batch's body. */
  bytesPerRow: number;
  cores: number;
  seconds: number;
}

export interface IngestResult extends Facts {
  rounds: number;
  modes: Record<Mode, ModeResult>;
  /** Replays to first writes, by rows per second. */
  replayRatio: number;
  /** Highest memory of Admin after each round: flat when the later are like the first. */
  peakMegabytes: number[];
}

const modes = ['copy', 'ingest', 'duplicate', 'replay'] as const;
/** Of issue 3. */
const aims = { ingest: 0.8, duplicate: 0.3, replay: 2 };

export function summarise(measurements: readonly Measurement[], facts: Facts): IngestResult {
  const of = (mode: Mode) => measurements.filter((measurement) => measurement.mode === mode);
  const rate = (mode: Mode) => of(mode).map(({ rowsPerSecond }) => rowsPerSecond);
  const ratios = (mode: Mode, base: Mode) =>
    median(rate(mode).map((rowsPerSecond, round) => rowsPerSecond / (rate(base)[round] ?? 1)));
  const result = (mode: Mode): ModeResult => ({
    rowsPerSecond: median(rate(mode)),
    ratio: ratios(mode, 'copy'),
    p50Ms: median(of(mode).map(({ latencies }) => percentile(latencies, 0.5))),
    p99Ms: median(of(mode).map(({ latencies }) => percentile(latencies, 0.99))),
    nodeCpuSecondsPerMillion: median(of(mode).map((measured) => measured.nodeCpuSecondsPerMillion)),
    postgresCpuSecondsPerMillion: of(mode).some((measured) => measured.postgresCpuSecondsPerMillion === null)
      ? null
      : median(of(mode).map((measured) => measured.postgresCpuSecondsPerMillion ?? 0)),
  });
  return {
    ...facts,
    rounds: of('copy').length,
    modes: {
      copy: result('copy'),
      ingest: result('ingest'),
      duplicate: result('duplicate'),
      replay: result('replay'),
    },
    replayRatio: ratios('replay', 'ingest'),
    peakMegabytes: of('duplicate').map(({ peakMegabytes }) => peakMegabytes),
  };
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

const names: Record<Mode, string> = {
  copy: 'raw text COPY',
  ingest: 'first write',
  duplicate: 'last row a duplicate',
  replay: 'replay of a batch',
};

export function printIngest(result: IngestResult): void {
  const { rounds, seconds, bytesPerRow, cores } = result;
  console.log(
    `${rounds} × ${seconds} s each, ${cores} cores, 5,000 rows a batch, ${bytesPerRow.toFixed(1)} bytes/row`,
  );
  printCells('', ['rows/s', 'of COPY', 'p50 ms', 'p99 ms', 'Node s/M', 'PG s/M']);
  for (const mode of modes) {
    const measured = result.modes[mode];
    const isAdmin = mode !== 'copy';
    printCells(names[mode], [
      String(Math.round(measured.rowsPerSecond)),
      measured.ratio.toFixed(2),
      measured.p50Ms.toFixed(1),
      measured.p99Ms.toFixed(1),
      isAdmin ? measured.nodeCpuSecondsPerMillion.toFixed(2) : '',
      measured.postgresCpuSecondsPerMillion?.toFixed(2) ?? 'n/a',
    ]);
  }
  console.log(`first write: ${result.modes.ingest.ratio.toFixed(2)} of COPY (aim: at least ${aims.ingest})`);
  console.log(
    `duplicates: ${result.modes.duplicate.ratio.toFixed(2)} of COPY (aim: at least ${aims.duplicate})`,
  );
  console.log(`replays: ${result.replayRatio.toFixed(1)} × a first write (aim: at least ${aims.replay})`);
  const peaks = result.peakMegabytes.map((megabytes) => megabytes.toFixed(0)).join(', ');
  console.log(`peak memory of Admin after each round: ${peaks} MB`);
}

function printCells(label: string, cells: readonly string[]): void {
  console.log(label.padEnd(22) + cells.map((cell) => cell.padStart(10)).join(''));
}
