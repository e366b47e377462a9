import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AlertDestination, AlertDestinationTest } from '#libs/contracts';
import { AdminButton, api, ConfirmDialog, useDialog } from '#libs/ui';
import { alertsKey, destinationPath } from './alerts.queries.js';

interface Props {
  destination: AlertDestination;
}

const small = { variant: 'default', size: 'compact-xs' } as const;

/** Sends a notice now and says what became of it. */
export function TestDestination({ destination: { id, address } }: Props) {
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: () => api.post<AlertDestinationTest>(destinationPath(id, '/test')),
    onSettled: () => client.invalidateQueries({ queryKey: alertsKey }),
  });
  const failed = test.isError || test.data?.sent === false;
  return (
    <>
      <AdminButton
        {...small}
        aria-label={`Test ${address}`}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        Test
      </AdminButton>
      {(test.data ?? test.error) && (
        <Text size="xs" c={failed ? 'var(--bad)' : 'var(--good)'} role={failed ? 'alert' : 'status'}>
          {test.error?.message ?? test.data?.message}
        </Text>
      )}
    </>
  );
}

export function RemoveDestination({ destination: { id, address } }: Props) {
  const dialog = useDialog({ run: () => api.delete(destinationPath(id)), refreshes: alertsKey });
  return (
    <>
      <AdminButton {...small} aria-label={`Remove ${address}`} onClick={dialog.open}>
        Remove
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={`Remove ${address}?`} action="Remove" danger>
        It is told nothing any more, also not about alerts that are open now.
      </ConfirmDialog>
    </>
  );
}
