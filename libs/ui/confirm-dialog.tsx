import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog, DialogForm } from './dialog.js';
import type { DialogState } from './use-dialog.js';

interface Props {
  dialog: DialogState<void>;
  title: string;
  action: string;
  danger?: boolean;
  /** What will happen, in a sentence or two. */
  children: ReactNode;
}

/** Asks once more before something is done. */
export function ConfirmDialog({ dialog, title, action, danger = false, children }: Props) {
  return (
    <Dialog dialog={dialog} title={title}>
      <DialogForm
        dialog={dialog}
        label={title}
        action={action}
        danger={danger}
        onSubmit={(event) => {
          event.preventDefault();
          dialog.submit();
        }}
      >
        <Text size="sm" component="div">
          {children}
        </Text>
      </DialogForm>
    </Dialog>
  );
}
