import { Group, Paper, Progress, Text, Title } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import type { FleetPushStatus, ReconcileProgress } from '#libs/contracts';
import {
  AdminButton,
  api,
  ConfirmDialog,
  formatCount,
  formatCounted,
  RelativeTime,
  useDialog,
} from '#libs/ui';
import { fleetPushKey, runningReconcile } from './fleet-push.queries.js';
import { reconcilePercent, reconcileReasons } from './push-state.js';

/** The comparison of all that is here with what Admin has: the one that runs, or the last. */
export function Reconcile({ status }: { status: FleetPushStatus }) {
  const running = runningReconcile(status);
  const dialog = useDialog({
    run: () => api.post('/api/fleet-push/reconcile'),
    refreshes: fleetPushKey,
  });
  return (
    <Paper component="section" aria-labelledby="reconcile" p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="reconcile">
          Comparison with Admin
        </Title>
        <AdminButton
          variant="default"
          size="xs"
          leftSection={<IconArrowsDiff size={14} aria-hidden />}
          refused={running === null ? undefined : 'A comparison is running'}
          onClick={dialog.open}
        >
          Compare with Admin
        </AdminButton>
      </Group>
      <ConfirmDialog dialog={dialog} title="Compare with Admin?" action="Compare">
        Everything that this portal has is compared with what Admin has, and what differs is sent. New
        measurements go on being sent meanwhile.
      </ConfirmDialog>
      {running === null ? <Last reconcile={status.reconcile} /> : <Running reconcile={running} />}
    </Paper>
  );
}

function Running({ reconcile }: { reconcile: ReconcileProgress }) {
  const percent = reconcilePercent(reconcile);
  return (
    <>
      <Progress value={percent ?? 100} animated aria-label="Compared" striped={percent === null} mb="xs" />
      <Text size="sm" component="output" display="block">
        {formatCount(reconcile.windowsDone)} of {formatCounted(reconcile.windowsTotal, 'week')} compared,
        newest first; {formatCounted(reconcile.rowsQueued, 'row')} differed. Started{' '}
        <RelativeTime value={reconcile.startedAt} />, because {reconcileReasons[reconcile.reason]}.
      </Text>
    </>
  );
}

function Last({ reconcile }: { reconcile: ReconcileProgress | null }) {
  return (
    <Text size="sm" c="dimmed">
      {reconcile === null ? (
        'Nothing was compared yet. It happens by itself when either side was restored from a backup.'
      ) : (
        <>
          Last finished <RelativeTime value={reconcile.finishedAt} />, because{' '}
          {reconcileReasons[reconcile.reason]}: {formatCounted(reconcile.rowsQueued, 'row')} differed.
        </>
      )}
    </Text>
  );
}
