import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, use, useMemo, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import type { CurrentSession, SignInBody } from '#libs/contracts';
import { api } from './api-client.js';
import { ApiProblem } from './api-problem.js';
import { ErrorState } from './error-state.js';
import { LoadingState } from './loading-state.js';
import { sessionKey } from './query-client.js';
import { signInPath, signInPathFrom } from './return-path.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

interface SessionState {
  /** Null when nobody is signed in, undefined while that is not known. */
  session: CurrentSession | null | undefined;
  /** Why it is not known. */
  error: Error | null;
  retry: () => void;
  signIn: (body: SignInBody) => Promise<void>;
  signOut: () => Promise<void>;
}

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
        client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
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

/** Shows its children to who is signed in, and everybody else the way to sign in and back. */
export function RequireSession({ children }: { children: ReactNode }) {
  const t = useWords(uiWords);
  const { session, error, retry } = useSession();
  const { pathname, search, hash } = useLocation();
  if (error !== null) return <ErrorState error={error} onRetry={retry} />;
  if (session === undefined) return <LoadingState what={t('yourSession')} rows={0} />;
  if (session === null) return <Navigate to={signInPathFrom(`${pathname}${search}${hash}`)} replace />;
  return children;
}

async function fetchSession({ signal }: { signal: AbortSignal }): Promise<CurrentSession | null> {
  try {
    return await api.get<CurrentSession>('/api/session', { signal });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}
