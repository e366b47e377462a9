/** A file on its way to the portal. */
export interface Sending {
  key: number;
  file: File;
  site: string;
  state: 'waits' | 'sending' | 'failed';
  sentBytes: number;
  error: Error | null;
}

export type SendingAction =
  | {
      type: 'added';
      files: readonly File[];
      site: string;
      maxBytes: number | undefined;
      tooLarge: () => Error;
    }
  | { type: 'began'; key: number }
  | { type: 'progressed'; key: number; sentBytes: number }
  | { type: 'failed'; key: number; error: Error }
  | { type: 'removed'; key: number };

export interface SendingState {
  nextKey: number;
  files: readonly Sending[];
}

export const nothingSent: SendingState = { nextKey: 1, files: [] };

/** Files of one browser that are sent at the same time. */
const atOnce = 2;

/** Files go in the order in which they were chosen; what has arrived is no longer here. */
export function reduceSending(state: SendingState, action: SendingAction): SendingState {
  if (action.type === 'added') return add(state, action);
  const { key } = action;
  if (action.type === 'removed') return { ...state, files: state.files.filter((file) => file.key !== key) };
  const change = changeOf(action);
  return { ...state, files: state.files.map((file) => (file.key === key ? { ...file, ...change } : file)) };
}

/** Those that may begin now. */
export function startable({ files }: SendingState): Sending[] {
  const under = files.filter(({ state }) => state === 'sending').length;
  return files.filter(({ state }) => state === 'waits').slice(0, Math.max(0, atOnce - under));
}

function add(
  { nextKey, files }: SendingState,
  { files: added, site, maxBytes, tooLarge }: Extract<SendingAction, { type: 'added' }>,
): SendingState {
  const fresh = added.map((file, index): Sending => {
    // Nothing is sent that would be refused at its end.
    const error = maxBytes !== undefined && file.size > maxBytes ? tooLarge() : null;
    return { key: nextKey + index, file, site, state: error ? 'failed' : 'waits', sentBytes: 0, error };
  });
  return { nextKey: nextKey + fresh.length, files: [...files, ...fresh] };
}

function changeOf(action: Exclude<SendingAction, { type: 'added' | 'removed' }>): Partial<Sending> {
  if (action.type === 'began') return { state: 'sending' };
  if (action.type === 'progressed') return { sentBytes: action.sentBytes };
  return { state: 'failed', error: action.error };
}
