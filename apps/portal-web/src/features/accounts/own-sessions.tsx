import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OwnSession } from '#libs/contracts';
import {
  api,
  ConfirmDialog,
  DataTable,
  LoadingState,
  missing,
  QueryContent,
  RelativeTime,
  useDialog,
  useWords,
  type Column,
  type Translate,
} from '#libs/ui';
import { browserName } from './browser-name.js';
import { sessionsKey, sessionsQuery } from './sessions.queries.js';
import { accountWords } from './words.js';

type Words = Translate<typeof accountWords>;

/** Where one is signed in, and the way to end it. */
export function OwnSessions() {
  const t = useWords(accountWords);
  const query = useQuery(sessionsQuery);
  const others = (query.data?.sessions.length ?? 1) - 1;
  return (
    <Paper component="section" aria-labelledby="own-sessions">
      <Group justify="space-between" align="flex-start" p="md" pb="xs">
        <div>
          <Title order={2} id="own-sessions">
            {t('sessions')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('sessionsText')}
          </Text>
        </div>
        {others > 0 && <EndOthers />}
      </Group>
      <QueryContent query={query} loading={<LoadingState what={t('theSessions')} rows={2} />}>
        {({ sessions }) => (
          <DataTable label={t('sessions')} columns={columns(t)} rows={sessions} rowKey={({ id }) => id} />
        )}
      </QueryContent>
    </Paper>
  );
}

function columns(t: Words): Column<OwnSession>[] {
  return [
    {
      header: t('browser'),
      rowHeader: true,
      wrap: true,
      cell: (session) => {
        const browser = nameOf(session, t);
        return (
          <span title={session.userAgent ?? undefined}>
            {session.current ? t('thisBrowser', { browser }) : browser}
          </span>
        );
      },
    },
    { header: t('address'), cell: ({ address }) => address ?? missing },
    { header: t('started'), cell: ({ startedAt }) => <RelativeTime value={startedAt} /> },
    { header: t('lastUsed'), cell: ({ lastSeenAt }) => <RelativeTime value={lastSeenAt} /> },
    { header: t('ends'), cell: ({ endsAt }) => <RelativeTime value={endsAt} /> },
    {
      header: t('endSession'),
      cell: (session) => (session.current ? missing : <EndSession session={session} />),
    },
  ];
}

function nameOf({ userAgent }: OwnSession, t: Words): string {
  const name = browserName(userAgent);
  if (name === null) return t('unknownBrowser');
  const { browser, system } = name;
  return system === null ? browser : t('browserOn', { browser, system });
}

function EndSession({ session }: { session: OwnSession }) {
  const t = useWords(accountWords);
  const browser = nameOf(session, t);
  const dialog = useDialog({
    run: () => api.delete(`/api/sessions/${encodeURIComponent(session.id)}`),
    refreshes: sessionsKey,
  });
  return (
    <>
      <Button
        variant="default"
        size="compact-xs"
        aria-label={t('endSessionOf', { browser })}
        onClick={dialog.open}
      >
        {t('endSession')}
      </Button>
      <ConfirmDialog dialog={dialog} title={t('endSessionAsk', { browser })} action={t('endSession')} danger>
        {t('endSessionEffect')}
      </ConfirmDialog>
    </>
  );
}

function EndOthers() {
  const t = useWords(accountWords);
  const dialog = useDialog({ run: () => api.delete('/api/sessions'), refreshes: sessionsKey });
  return (
    <>
      <Button variant="default" size="xs" onClick={dialog.open}>
        {t('endOthers')}
      </Button>
      <ConfirmDialog dialog={dialog} title={t('endOthersAsk')} action={t('endOthers')} danger>
        {t('endOthersEffect')}
      </ConfirmDialog>
    </>
  );
}
