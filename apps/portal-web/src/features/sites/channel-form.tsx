import { Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ChannelDetail } from '#libs/contracts';
import { DialogForm, fieldErrors, formatSpan, useWords, type DialogState } from '#libs/ui';
import {
  channelBody,
  isPeriod,
  valuesOfChannel,
  type ChannelBody,
  type ChannelFormValues,
} from './channel-body.js';
import { siteWords } from './words.js';

interface Props {
  dialog: DialogState<ChannelBody>;
  label: string;
  action: string;
  /** Undefined for a new one. */
  channel?: ChannelDetail;
}

/** The fields of a channel, new or not. */
export function ChannelForm({ dialog, label, action, channel }: Props) {
  const t = useWords(siteWords);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: valuesOfChannel(channel),
    validate: {
      label: (value) => (value.trim() === '' ? t('enterLabel') : null),
      samplePeriod: (value) => (isPeriod(value) ? null : t('enterPeriod')),
    },
  });
  const submit = form.onSubmit((values) =>
    dialog.submit(channelBody(values, channel), (error) => form.setErrors(serverErrors(error))),
  );
  const field = (name: keyof ChannelFormValues) => ({
    autoComplete: 'off',
    spellCheck: false,
    key: form.key(name),
    ...form.getInputProps(name),
  });
  const derived = channel?.samplePeriodFrom === 'data' ? channel.samplePeriodSeconds : null;
  return (
    <DialogForm dialog={dialog} label={label} action={action} onSubmit={submit}>
      <TextInput
        label={t('displayName')}
        description={t('displayNameHint', { name: channel?.meterName || '–' })}
        maxLength={300}
        data-autofocus
        {...field('name')}
      />
      <Group grow align="flex-start">
        <TextInput label={t('label')} maxLength={300} {...field('label')} />
        <TextInput label={t('unit')} maxLength={30} {...field('unit')} />
      </Group>
      <TextInput
        label={t('quantity')}
        description={t('quantityHint')}
        maxLength={50}
        {...field('quantity')}
      />
      <TextInput
        label={t('samplePeriod')}
        description={t('samplePeriodHint', { period: formatSpan(derived) })}
        inputMode="numeric"
        {...field('samplePeriod')}
      />
      <TextInput
        label={t('externalId')}
        description={t('externalIdHint')}
        maxLength={200}
        {...field('externalId')}
      />
    </DialogForm>
  );
}

/** The server's name of the period has its unit. */
function serverErrors(error: Error): Record<string, string> {
  const { samplePeriodSeconds, ...others } = fieldErrors(error);
  return samplePeriodSeconds === undefined ? others : { ...others, samplePeriod: samplePeriodSeconds };
}
