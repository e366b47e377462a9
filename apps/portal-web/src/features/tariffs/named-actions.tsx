import { AdminButton, api, ConfirmDialog, Dialog, useDialog, useWords } from '#libs/ui';
import { NameForm } from './name-form.js';
import { tariffEditors, tariffsKey } from './tariffs.queries.js';
import { tariffWords } from './words.js';

const small = { variant: 'default', size: 'compact-xs', roles: tariffEditors } as const;

/** Renames what is at the path. */
export function Rename({ path, name }: { path: string; name: string }) {
  const t = useWords(tariffWords);
  const dialog = useDialog({
    run: (body: { name: string }) => api.patch(path, body),
    refreshes: tariffsKey,
  });
  const title = t('renameOf', { name });
  return (
    <>
      <AdminButton {...small} aria-label={title} onClick={dialog.open}>
        {t('rename')}
      </AdminButton>
      <Dialog dialog={dialog} title={title}>
        <NameForm dialog={dialog} label={title} action={t('save')} initial={name} />
      </Dialog>
    </>
  );
}

interface RemoveProps {
  path: string;
  name: string;
  /** What goes with it. */
  effect: string;
  /** Why it cannot be removed now. */
  refused: string | undefined;
  onDone?: () => void;
}

/** Removes what is at the path. */
export function Remove({ path, name, effect, refused, onDone }: RemoveProps) {
  const t = useWords(tariffWords);
  const dialog = useDialog({
    run: () => api.delete(path),
    refreshes: tariffsKey,
    ...(onDone && { onDone }),
  });
  return (
    <>
      <AdminButton {...small} aria-label={t('removeOf', { name })} refused={refused} onClick={dialog.open}>
        {t('remove')}
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={t('removeAsk', { name })} action={t('remove')} danger>
        {effect}
      </ConfirmDialog>
    </>
  );
}
