import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { formatBytes, useWords } from '#libs/ui';
import { uploadsQuery } from './imports.queries.js';
import { sendFile } from './send-file.js';
import { nothingSent, reduceSending, startable, type Sending } from './sending.js';
import { importWords } from './words.js';

/** Sends files one after the other, with what is known of each on its way. */
export function useSending(maxBytes: number | undefined) {
  const t = useWords(importWords);
  const client = useQueryClient();
  const [state, dispatch] = useReducer(reduceSending, nothingSent);
  const under = useRef(new Map<number, AbortController>());

  const send = useCallback(
    async ({ key, file, site }: Sending) => {
      const abort = new AbortController();
      under.current.set(key, abort);
      dispatch({ type: 'began', key });
      try {
        const onProgress = (sentBytes: number) => dispatch({ type: 'progressed', key, sentBytes });
        await sendFile(file, { site, onProgress, signal: abort.signal });
        await client.invalidateQueries({ queryKey: uploadsQuery.queryKey });
        dispatch({ type: 'removed', key });
      } catch (error) {
        if (!abort.signal.aborted) dispatch({ type: 'failed', key, error: error as Error });
      } finally {
        under.current.delete(key);
      }
    },
    [client],
  );

  useEffect(() => {
    // What has begun is marked at once, and not begun again by the next render.
    for (const sending of startable(state)) if (!under.current.has(sending.key)) void send(sending);
  }, [send, state]);

  useEffect(() => {
    const all = under.current;
    return () => {
      for (const abort of all.values()) abort.abort();
    };
  }, []);

  return {
    files: state.files,
    add: (files: readonly File[], site: string) => {
      const tooLarge = () => new Error(t('tooLarge', { size: formatBytes(maxBytes ?? 0) }));
      dispatch({ type: 'added', files, site, maxBytes, tooLarge });
    },
    remove: (key: number) => {
      under.current.get(key)?.abort();
      dispatch({ type: 'removed', key });
    },
  };
}
