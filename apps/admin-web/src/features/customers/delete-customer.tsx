import { Progress, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CustomerSize } from '#libs/contracts';
import { DialogForm, formatCounted, LoadingState, QueryContent, type DialogState } from '#libs/ui';
import { customerSizeQuery } from './customers.queries.js';

interface Props {
  /** Submitted with the code as it was typed. */
  dialog: DialogState<string>;
  code: string;
}

/** Says what goes, and wants the code typed; then shows how much has gone. */
export function DeleteCustomer({ dialog, code }: Props) {
  const [typed, setTyped] = useState('');
  const size = useQuery({
    ...customerSizeQuery(code),
    refetchInterval: dialog.pending ? 1_000 : false,
    // Gone is what it is meant to be.
    retry: false,
  });
  return (
    <DialogForm
      dialog={dialog}
      label={`Delete ${code}`}
      action="Delete for good"
      danger
      disabled={typed !== code}
      onSubmit={(event) => {
        event.preventDefault();
        dialog.submit(typed);
      }}
    >
      {dialog.pending ? (
        <Deleting left={size.data} />
      ) : (
        <>
          <QueryContent query={size} loading={<LoadingState what="how much it is" rows={2} />}>
            {(size) => (
              <Text size="sm">
                This deletes {list(size)}, with its tokens, from Admin. The customer&rsquo;s own portal keeps
                its data. It cannot be undone.
              </Text>
            )}
          </QueryContent>
          <TextInput
            label={`Type ${code} to confirm`}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </>
      )}
    </DialogForm>
  );
}

function Deleting({ left }: { left: CustomerSize | undefined }) {
  const now = left?.measurements ?? 0;
  const [most, setMost] = useState(now);
  if (now > most) setMost(now);
  const done = most === 0 ? 100 : (100 * (most - now)) / most;
  return (
    <Stack gap="xs" aria-live="polite">
      <Progress value={done} aria-label="Deleted" animated />
      <Text size="sm">Deleting: {formatCounted(now, 'measurement')} left.</Text>
    </Stack>
  );
}

function list({ sites, devices, channels, measurements, events }: CustomerSize): string {
  return [
    formatCounted(measurements, 'measurement'),
    formatCounted(events, 'ingest event'),
    formatCounted(sites, 'site'),
    formatCounted(devices, 'device'),
    formatCounted(channels, 'channel'),
  ].join(', ');
}
