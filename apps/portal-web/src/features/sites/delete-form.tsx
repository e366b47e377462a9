import { Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeletionSize } from '#libs/contracts';
import { DialogForm, LoadingState, QueryContent, useWords, type DialogState, type Translate } from '#libs/ui';
import { deletionQuery } from './sites.queries.js';
import { siteWords } from './words.js';

interface Props {
  /** Submitted with what was typed. */
  dialog: DialogState<string>;
  /** Of the site, device or channel. */
  path: string;
  name: string;
  /** What is to be typed; without it the button is enough. */
  confirm?: string;
}

/** Says what a deletion takes along, and of a site wants its short name typed. */
export function DeleteForm({ dialog, path, name, confirm }: Props) {
  const t = useWords(siteWords);
  const [typed, setTyped] = useState('');
  const size = useQuery(deletionQuery(path));
  return (
    <DialogForm
      dialog={dialog}
      label={t('deleteAsk', { name })}
      action={t('deleteForGood')}
      danger
      disabled={size.data === undefined || (confirm !== undefined && typed !== confirm)}
      onSubmit={(event) => {
        event.preventDefault();
        dialog.submit(typed);
      }}
    >
      <QueryContent query={size} loading={<LoadingState what={t('howMuch')} rows={2} />}>
        {(found) => <Text size="sm">{t('deleteEffect', { what: list(name, found, t) })}</Text>}
      </QueryContent>
      {confirm !== undefined && (
        <TextInput
          label={t('typeToConfirm', { slug: confirm })}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
    </DialogForm>
  );
}

function list(
  name: string,
  { devices, channels, measurements }: DeletionSize,
  t: Translate<typeof siteWords>,
): string {
  return [
    name,
    ...(devices > 0 ? [t('devices', { count: devices })] : []),
    ...(channels > 0 ? [t('channels', { count: channels })] : []),
    t('measurements', { count: measurements }),
  ].join(', ');
}
