import type { AlertKind } from '#libs/contracts';

interface KindText {
  text: string;
  /** The condition, with the threshold left open. */
  condition: string;
  /** Of the threshold; null where there is none. */
  unit: 'minutes' | '%' | null;
}

export const alertKinds: Record<AlertKind, KindText> = {
  lag: { text: 'Lag', condition: 'The newest measurement is further behind than', unit: 'minutes' },
  rejection: {
    text: 'Rejection',
    condition: 'Batches are refused, or of the last hour’s rows more are rejected than',
    unit: '%',
  },
  'auth-failure': {
    text: 'Auth failure',
    condition: 'The portal pushes with a token that is not valid',
    unit: null,
  },
  offline: { text: 'Offline', condition: 'No contact for longer than', unit: 'minutes' },
};

/** A kind as an address names it; undefined when there is none of that name. */
export function readKind(text: string | null): AlertKind | undefined {
  return text !== null && Object.hasOwn(alertKinds, text) ? (text as AlertKind) : undefined;
}
