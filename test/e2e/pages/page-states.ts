import { FakeProblem, firstOf, type FakeApi } from './page-server.js';

/** A page in one state, as looks.spec.ts shows it. */
export interface PageInState {
  path: string;
  /** Of its pictures. */
  name: string;
  /** All that it asks. */
  api: FakeApi;
  /** There once the page is; unless given, when nothing is loading any more. */
  shows?: string;
  /** What fails takes less room than what was waited for. */
  mayMove?: boolean;
}

/** Answers nothing but that the database is away. */
export const broken: FakeApi = () => {
  throw new FakeProblem({
    status: 503,
    code: 'DATABASE_UNAVAILABLE',
    title: 'The database does not answer',
    remedy: 'Check that the database runs and that DATABASE_* is right.',
    requestId: 'req-77',
  });
};

const silent: FakeApi = () => new Promise(() => undefined);

/** Every page of the list that asks for data, while it waits for it and when it gets none. */
export function withoutData(pages: readonly PageInState[], session: FakeApi): PageInState[] {
  const asking = pages.filter(({ path }) => path !== '/sign-in' && path !== '/nowhere');
  const byPath = new Map(asking.map((page) => [page.path.split('?')[0] ?? '', page.name]));
  return [...byPath].flatMap(([path, name]) => [
    { path, name: `${name}-loading`, api: firstOf(session, silent), shows: '.mantine-Skeleton-root' },
    { path, name: `${name}-error`, api: firstOf(session, broken), shows: '[role=alert]' },
  ]);
}
