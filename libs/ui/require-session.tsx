import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { ErrorState } from './error-state.js';
import { ForcedPasswordPage } from './forced-password-page.js';
import { LoadingState } from './loading-state.js';
import { signInPathFrom } from './return-path.js';
import { useSession } from './session.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

/** Shows its children to who is signed in with a password of their own, and everybody else the way there. */
export function RequireSession({ children }: { children: ReactNode }) {
  const t = useWords(uiWords);
  const { session, error, retry } = useSession();
  const { pathname, search, hash } = useLocation();
  if (error !== null) return <ErrorState error={error} onRetry={retry} />;
  if (session === undefined) return <LoadingState what={t('yourSession')} rows={0} />;
  if (session === null) return <Navigate to={signInPathFrom(`${pathname}${search}${hash}`)} replace />;
  return session.account.mustChangePassword ? <ForcedPasswordPage /> : children;
}
