import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { DialogForm, fieldErrors, useWords, type DialogState } from '#libs/ui';
import { tariffWords } from './words.js';

interface Props {
  dialog: DialogState<{ name: string }>;
  label: string;
  action: string;
  initial?: string;
}

/** A form of one field, for a municipality's name and a tariff's. */
export function NameForm({ dialog, label, action, initial = '' }: Props) {
  const t = useWords(tariffWords);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: initial },
    validate: { name: (value) => (value.trim() === '' ? t('enterName') : null) },
  });
  const submit = form.onSubmit((values) =>
    dialog.submit(values, (error) => form.setErrors(fieldErrors(error))),
  );
  return (
    <DialogForm dialog={dialog} label={label} action={action} onSubmit={submit}>
      <TextInput
        label={t('name')}
        autoComplete="off"
        maxLength={200}
        data-autofocus
        key={form.key('name')}
        {...form.getInputProps('name')}
      />
    </DialogForm>
  );
}
