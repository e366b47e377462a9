import type { ChannelDetail } from '#libs/contracts';
import { api, Dialog, useDialog, useWords } from '#libs/ui';
import { ActionsMenu } from './actions-menu.js';
import type { ChannelBody } from './channel-body.js';
import { ChannelForm } from './channel-form.js';
import { DeleteForm } from './delete-form.js';
import { sitesKey } from './sites.queries.js';
import { siteWords } from './words.js';

/** What can be done with a channel. */
export function ChannelActions({ channel }: { channel: ChannelDetail }) {
  const t = useWords(siteWords);
  const { label } = channel;
  const path = `/api/channels/${encodeURIComponent(channel.id)}`;
  const edit = useDialog({
    run: async (change: ChannelBody) => {
      if (Object.keys(change).length > 0) await api.patch(path, change);
    },
    refreshes: sitesKey,
  });
  const remove = useDialog<string>({ run: () => api.delete(path), refreshes: sitesKey });
  return (
    <>
      <ActionsMenu
        label={t('actionsFor', { name: label })}
        items={[
          { label: t('edit'), onClick: edit.open },
          { label: t('delete'), onClick: remove.open, danger: true },
        ]}
      />
      <Dialog dialog={edit} title={t('editChannel', { label })}>
        <ChannelForm dialog={edit} label={t('editChannel', { label })} action={t('save')} channel={channel} />
      </Dialog>
      <Dialog dialog={remove} title={t('deleteAsk', { name: label })}>
        <DeleteForm dialog={remove} path={path} name={label} />
      </Dialog>
    </>
  );
}
