import type { DeviceDetail, NewDevice } from '#libs/contracts';
import { api, Dialog, useDialog, useWords } from '#libs/ui';
import { ActionsMenu } from './actions-menu.js';
import type { ChannelBody } from './channel-body.js';
import { ChannelForm } from './channel-form.js';
import { DeleteForm } from './delete-form.js';
import { DeviceForm } from './device-form.js';
import { changedFields } from './site-body.js';
import { sitesKey } from './sites.queries.js';
import { siteWords } from './words.js';

interface Props {
  device: DeviceDetail;
  /** All devices of the site. */
  devices: readonly DeviceDetail[];
}

/** What can be done with a device. */
export function DeviceActions({ device, devices }: Props) {
  const t = useWords(siteWords);
  const { serial } = device;
  const path = `/api/devices/${encodeURIComponent(device.id)}`;
  const edit = useDialog({
    run: async (body: NewDevice) => {
      const change = changedFields(bodyOf(device, devices), body);
      if (Object.keys(change).length > 0) await api.patch(path, change);
    },
    refreshes: sitesKey,
  });
  const add = useDialog({
    run: (body: ChannelBody) => api.post(`${path}/channels`, body),
    refreshes: sitesKey,
  });
  const remove = useDialog<string>({ run: () => api.delete(path), refreshes: sitesKey });
  return (
    <>
      <ActionsMenu
        label={t('actionsFor', { name: serial })}
        items={[
          { label: t('edit'), onClick: edit.open },
          { label: t('addChannel'), onClick: add.open },
          { label: t('delete'), onClick: remove.open, danger: true },
        ]}
      />
      <Dialog dialog={edit} title={t('editDevice', { serial })}>
        <DeviceForm
          dialog={edit}
          label={t('editDevice', { serial })}
          action={t('save')}
          device={device}
          devices={devices}
        />
      </Dialog>
      <Dialog dialog={add} title={t('addChannel')}>
        <ChannelForm dialog={add} label={t('addChannel')} action={t('create')} />
      </Dialog>
      <Dialog dialog={remove} title={t('deleteAsk', { name: serial })}>
        <DeleteForm dialog={remove} path={path} name={serial} />
      </Dialog>
    </>
  );
}

function bodyOf(device: DeviceDetail, devices: readonly DeviceDetail[]): NewDevice {
  const { serial, name, externalId, masterSerial, watched } = device;
  const master = devices.find((one) => one.serial === masterSerial);
  return { serial, name, externalId, masterId: master?.id ?? null, watched };
}
