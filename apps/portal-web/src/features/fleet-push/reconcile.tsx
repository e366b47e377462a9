import { Group, Paper, Progress, Text, Title } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import type { FleetPushStatus, ReconcileProgress } from '#libs/contracts';
import { AdminButton, api, ConfirmDialog, RelativeTime, Sentence, useDialog, useWords } from '#libs/ui';
import { fleetPushKey, runningReconcile } from './fleet-push.queries.js';
import { reconcilePercent, reconcileReasons } from './push-state.js';
import { fleetPushWords } from './words.js';

/** The comparison of all that is here with what Admin has: the one that runs, or the last. */
export function Reconcile({ status }: { status: FleetPushStatus }) {
  const t = useWords(fleetPushWords);
  const running = runningReconcile(status);
  const dialog = useDialog({
    run: () => api.post('/api/fleet-push/reconcile'),
    refreshes: fleetPushKey,
  });
  return (
    <Paper component="section" aria-labelledby="reconcile" p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="reconcile">
          {t('comparison')}
        </Title>
        <AdminButton
          variant="default"
          size="xs"
          leftSection={<IconArrowsDiff size={14} aria-hidden />}
          refused={running === null ? undefined : t('comparisonRuns')}
          onClick={dialog.open}
        >
          {t('compareWithAdmin')}
        </AdminButton>
      </Group>
      <ConfirmDialog dialog={dialog} title={t('compareAsk')} action={t('compare')}>
        {t('compareEffect')}
      </ConfirmDialog>
      {running === null ? <Last reconcile={status.reconcile} /> : <Running reconcile={running} />}
    </Paper>
  );
}

function Running({ reconcile }: { reconcile: ReconcileProgress }) {
  const t = useWords(fleetPushWords);
  const percent = reconcilePercent(reconcile);
  return (
    <>
      <Progress
        value={percent ?? 100}
        animated
        aria-label={t('compared')}
        striped={percent === null}
        mb="xs"
      />
      <Text size="sm" component="output" display="block">
        {t('weeksCompared', { done: reconcile.windowsDone, count: reconcile.windowsTotal })}{' '}
        {t('rowsDiffered', { count: reconcile.rowsQueued })}{' '}
        <Sentence
          words={fleetPushWords}
          text="comparisonStarted"
          values={{ reason: t(reconcileReasons[reconcile.reason]) }}
          parts={{ time: <RelativeTime value={reconcile.startedAt} /> }}
        />
      </Text>
    </>
  );
}

function Last({ reconcile }: { reconcile: ReconcileProgress | null }) {
  const t = useWords(fleetPushWords);
  return (
    <Text size="sm" c="dimmed">
      {reconcile === null ? (
        t('neverCompared')
      ) : (
        <>
          <Sentence
            words={fleetPushWords}
            text="comparisonFinished"
            values={{ reason: t(reconcileReasons[reconcile.reason]) }}
            parts={{ time: <RelativeTime value={reconcile.finishedAt} /> }}
          />{' '}
          {t('rowsDiffered', { count: reconcile.rowsQueued })}
        </>
      )}
    </Text>
  );
}
