import { Button, Group, Modal, Stack } from '@mantine/core';
import { useEffect, type FormEvent, type ReactNode } from 'react';
import { ErrorState } from './error-state.js';
import { focusMain } from './focus-main.js';
import type { DialogState } from './use-dialog.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

interface DialogProps {
  dialog: Pick<DialogState<never>, 'opened' | 'close'>;
  title: string;
  /** Mounted while the dialog is open, so that a form in it begins anew each time. */
  children: ReactNode;
}

export function Dialog({ dialog, title, children }: DialogProps) {
  const t = useWords(uiWords);
  const { opened } = dialog;
  // The row that the dialog belongs to may be gone before the dialog has closed.
  useEffect(() => (opened ? keepFocus : undefined), [opened]);
  return (
    <Modal
      opened={opened}
      onClose={dialog.close}
      size={520}
      title={title}
      onExitTransitionEnd={keepFocus}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {children}
    </Modal>
  );
}

/** What opened the dialog has the focus back, unless the dialog has done away with it: then the page has it. */
function keepFocus(): void {
  setTimeout(() => {
    if (document.activeElement === document.body) focusMain();
  });
}

interface FormProps {
  dialog: Pick<DialogState<never>, 'close' | 'pending' | 'error'>;
  /** Accessible name of the form. */
  label: string;
  /** What the button says that does it. */
  action: string;
  /** It destroys something. */
  danger?: boolean;
  disabled?: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** Fields and text. */
  children: ReactNode;
}

/** The inside of a dialog: why it failed, fields, then Cancel and the action. */
export function DialogForm({ dialog, label, action, danger, disabled, onSubmit, children }: FormProps) {
  const t = useWords(uiWords);
  return (
    <form onSubmit={onSubmit} noValidate aria-label={label}>
      <Stack gap="sm">
        {dialog.error !== null && <ErrorState error={dialog.error} />}
        {children}
        <Group justify="flex-end" mt="xs">
          <Button variant="default" disabled={dialog.pending} onClick={dialog.close}>
            {t('cancel')}
          </Button>
          <Button
            type="submit"
            loading={dialog.pending}
            disabled={disabled ?? false}
            {...(danger === true && { color: 'red.9' })}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
