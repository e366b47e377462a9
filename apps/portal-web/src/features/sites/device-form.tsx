import { Checkbox, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { DeviceDetail, NewDevice } from '#libs/contracts';
import { DialogForm, fieldErrors, useWords, type DialogState } from '#libs/ui';
import { siteWords } from './words.js';

interface Props {
  dialog: DialogState<NewDevice>;
  label: string;
  action: string;
  /** Undefined for a new one. */
  device?: DeviceDetail;
  /** All devices of the site. */
  devices: readonly DeviceDetail[];
}

/** The fields of a device, new or not. */
export function DeviceForm({ dialog, label, action, device, devices }: Props) {
  const t = useWords(siteWords);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: {
      serial: device?.serial ?? '',
      name: device?.name ?? '',
      masterId: devices.find(({ serial }) => serial === device?.masterSerial)?.id ?? '',
      externalId: device?.externalId ?? '',
      watched: device?.watched ?? true,
    },
    validate: { serial: (value) => (value.trim() === '' ? t('enterSerial') : null) },
  });
  const submit = form.onSubmit(({ serial, name, masterId, externalId, watched }) =>
    dialog.submit(
      {
        serial: serial.trim(),
        name: name.trim(),
        masterId: masterId === '' ? null : masterId,
        externalId: externalId.trim() === '' ? null : externalId.trim(),
        watched,
      },
      (error) => form.setErrors(fieldErrors(error)),
    ),
  );
  return (
    <DialogForm dialog={dialog} label={label} action={action} onSubmit={submit}>
      <TextInput
        label={t('serial')}
        description={device && t('renameHint')}
        autoComplete="off"
        spellCheck={false}
        maxLength={300}
        data-autofocus
        key={form.key('serial')}
        {...form.getInputProps('serial')}
      />
      <TextInput
        label={t('name')}
        autoComplete="off"
        maxLength={300}
        key={form.key('name')}
        {...form.getInputProps('name')}
      />
      <Select
        label={t('masterDevice')}
        data={[{ value: '', label: t('noMaster') }, ...mastersFor(device, devices)]}
        allowDeselect={false}
        key={form.key('masterId')}
        {...form.getInputProps('masterId')}
      />
      <TextInput
        label={t('externalId')}
        description={t('externalIdHint')}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        key={form.key('externalId')}
        {...form.getInputProps('externalId')}
      />
      <Checkbox
        label={t('watched')}
        description={t('watchedHint')}
        key={form.key('watched')}
        {...form.getInputProps('watched', { type: 'checkbox' })}
      />
    </DialogForm>
  );
}

/** A slave is no master, and a master of slaves does not become one. */
function mastersFor(device: DeviceDetail | undefined, devices: readonly DeviceDetail[]) {
  if (device !== undefined && devices.some(({ masterSerial }) => masterSerial === device.serial)) return [];
  return devices
    .filter(({ id, masterSerial }) => masterSerial === null && id !== device?.id)
    .map(({ id, serial, name }) => ({ value: id, label: name === '' ? serial : `${serial} · ${name}` }));
}
