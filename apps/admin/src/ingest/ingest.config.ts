import { variable, type Values } from '#libs/config';
import type { InputProblem } from '#libs/errors';

/** The variables of the ingest. */
export const ingestVariables = {
  INGEST_BATCHES_PER_MINUTE: variable.integer(1, 1_000_000)(
    'Most batches a minute that are taken of one customer.',
    {
      default: '600',
    },
  ),
  INGEST_EVENT_RETENTION_DAYS: variable.integer(1, 3_650)('Days for which the record of pushes is kept.', {
    default: '90',
  }),
  MEASUREMENT_RETENTION_DAYS: variable.integer(0, 36_500)(
    'Days for which measurements are kept; their hourly and daily values stay. 0 keeps them for ever, else at least 30.',
    { default: '0' },
  ),
};

/** For how long what came in is kept, days. */
export interface Retention {
  events: number;
  /** 0: for ever. */
  measurements: number;
}

export interface IngestSettings {
  batchesPerMinute: number;
  /** Contact after a longer silence counts as resumed. */
  lateSeconds: number;
  retention: Retention;
}

/** Injection token of `IngestSettings`. */
export const INGEST_SETTINGS = Symbol('IngestSettings');

type IngestValues = Values<typeof ingestVariables>;

/** Hourly values are made of measurements: those must live for long enough that late ones are still counted. */
export function checkIngest(values: IngestValues): InputProblem[] {
  const { MEASUREMENT_RETENTION_DAYS: days } = values;
  if (days === 0 || days >= 30) return [];
  return [{ path: 'MEASUREMENT_RETENTION_DAYS', message: 'must be 0, or at least 30' }];
}

/** @param lateSeconds silence after which push health calls a customer late */
export function ingestSettings(values: IngestValues, lateSeconds: number): IngestSettings {
  return {
    batchesPerMinute: values.INGEST_BATCHES_PER_MINUTE,
    lateSeconds,
    retention: {
      events: values.INGEST_EVENT_RETENTION_DAYS,
      measurements: values.MEASUREMENT_RETENTION_DAYS,
    },
  };
}
