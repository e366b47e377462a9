import { Group, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { NewSite } from '#libs/contracts';
import { DialogForm, fieldErrors, useWords, type DialogState, type Translate } from '#libs/ui';
import { isCoordinate, siteBody, slugOf, type SiteFormValues } from './site-body.js';
import { siteWords } from './words.js';

type T = Translate<typeof siteWords>;

interface Props {
  dialog: DialogState<NewSite>;
  label: string;
  action: string;
  values: SiteFormValues;
}

const zones = Intl.supportedValuesOf('timeZone');

/** The fields of a site, new or not. */
export function SiteForm({ dialog, label, action, values }: Props) {
  const t = useWords(siteWords);
  const form = useForm({ mode: 'uncontrolled', initialValues: values, validate: rules(t) });
  // As long as nobody has typed another one.
  form.watch('name', ({ value, previousValue }) => {
    if (values.slug === '' && form.getValues().slug === slugOf(previousValue))
      form.setFieldValue('slug', slugOf(value));
  });
  const submit = form.onSubmit((given) =>
    dialog.submit(siteBody(given), (error) => form.setErrors(fieldErrors(error))),
  );
  const field = (name: keyof SiteFormValues) => ({ key: form.key(name), ...form.getInputProps(name) });
  // The zone that a site has may be one that this browser does not list.
  const choices =
    zones.includes(values.timeZone) || values.timeZone === '' ? zones : [values.timeZone, ...zones];
  return (
    <DialogForm dialog={dialog} label={label} action={action} onSubmit={submit}>
      <TextInput label={t('name')} autoComplete="off" maxLength={300} data-autofocus {...field('name')} />
      <TextInput
        label={t('slug')}
        description={t('slugHint')}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        {...field('slug')}
      />
      <Select
        label={t('timeZone')}
        data={['UTC', ...choices.filter((zone) => zone !== 'UTC')]}
        searchable
        allowDeselect={false}
        {...field('timeZone')}
      />
      <TextInput label={t('address')} autoComplete="off" maxLength={500} {...field('address')} />
      <Group grow align="flex-start">
        <TextInput label={t('latitude')} inputMode="decimal" autoComplete="off" {...field('latitude')} />
        <TextInput label={t('longitude')} inputMode="decimal" autoComplete="off" {...field('longitude')} />
      </Group>
      <TextInput
        label={t('externalId')}
        description={t('externalIdHint')}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        {...field('externalId')}
      />
      <Textarea label={t('notes')} autosize minRows={2} maxRows={8} maxLength={10_000} {...field('notes')} />
    </DialogForm>
  );
}

function rules(t: T) {
  return {
    name: (value: string) => (value.trim() === '' ? t('enterName') : null),
    // As in the contracts, which would bring all of zod along.
    slug: (value: string) => (/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(value.trim()) ? null : t('enterSlug')),
    timeZone: (value: string) => (value === '' ? t('chooseZone') : null),
    latitude: (value: string) => (isCoordinate(value, 90) ? null : t('degrees', { limit: 90 })),
    longitude: (value: string, { latitude }: SiteFormValues) => {
      if (!isCoordinate(value, 180)) return t('degrees', { limit: 180 });
      return (value.trim() === '') === (latitude.trim() === '') ? null : t('bothCoordinates');
    },
  };
}
