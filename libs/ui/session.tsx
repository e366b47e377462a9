import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, use, useMemo, type ReactNode } from 'react';
import type { CurrentSession, SignInBody } from '#libs/contracts';
import { api } from './api-client.js';
import { ApiProblem } from './api-problem.js';
import { applicationQuery } from './application.js';
import { sessionKey } from './query-client.js';
import { signInPath } from './return-path.js';

interface SessionState {
  /** Null when nobody is signed in, undefined while that is not known. */
  session: CurrentSession | null | undefined;
  /** Why it is not known. */
  error: Error | null;
  retry: () => void;
  signIn: (body: SignInBody) => Promise<void>;
  signOut: () => Promise<void>;
}

/** The looks are everybody's, and drawn all the time: whoever shows them would not hear of a query that takes its place. */
const keptAtSignIn = new Set<unknown>([sessionKey[0], applicationQuery.queryKey[0]]);

const SessionContext = createContext<SessionState | undefined>(undefined);

export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: sessionKey, queryFn: fetchSession });
  const state = useMemo<SessionState>(
    () => ({
      session: data,
      error: data === undefined ? error : null,
      retry: () => void refetch(),
      signIn: async (body) => {
        const session = await api.post<CurrentSession>('/api/session', body);
        // What another account may have left behind in this tab is not for this one.
        client.removeQueries({ predicate: ({ queryKey }) => !keptAtSignIn.has(queryKey[0]) });
        client.setQueryData(sessionKey, session);
      },
      signOut: async () => {
        await api.delete('/api/session');
        // A fresh page: nothing of this account stays in memory.
        window.location.assign(signInPath);
      },
    }),
    [client, data, error, refetch],
  );
  return <SessionContext value={state}>{children}</SessionContext>;
}

export function useSession(): SessionState {
  const state = use(SessionContext);
  if (state === undefined) throw new Error('useSession is used outside of SessionProvider');
  return state;
}

async function fetchSession({ signal }: { signal: AbortSignal }): Promise<CurrentSession | null> {
  try {
    return await api.get<CurrentSession>('/api/session', { signal });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}
