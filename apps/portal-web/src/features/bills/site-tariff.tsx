import { Anchor, Select, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconReceiptTax } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Municipality, SiteSummary, SiteTariff, SiteTariffBody } from '#libs/contracts';
import {
  AdminButton,
  api,
  Dialog,
  DialogForm,
  fieldErrors,
  LoadingState,
  QueryContent,
  Sentence,
  useDialog,
  useWords,
  type DialogState,
} from '#libs/ui';
import { tariffEditors, tariffsKey } from '../tariffs/tariffs.queries.js';
import { sitePath, siteTariffQuery } from './bills.queries.js';
import { tariffChoices } from './tariff-choices.js';
import { billWords } from './words.js';

interface Props {
  site: SiteSummary;
  municipalities: readonly Municipality[];
  /** Filled where it is what to do next. */
  variant?: 'default' | 'filled';
}

/** By which tariff a site is billed, and what it has subscribed. */
export function SiteTariffButton({ site, municipalities, variant = 'default' }: Props) {
  const t = useWords(billWords);
  const dialog = useDialog({
    run: (body: SiteTariffBody) => api.put(sitePath(site.id, '/tariff'), body),
    refreshes: tariffsKey,
  });
  return (
    <>
      <AdminButton
        variant={variant}
        roles={tariffEditors}
        leftSection={<IconReceiptTax size={16} aria-hidden />}
        onClick={dialog.open}
      >
        {t('siteTariff')}
      </AdminButton>
      <Dialog dialog={dialog} title={t('siteTariffOf', { name: site.name })}>
        <LoadedForm dialog={dialog} site={site} municipalities={municipalities} />
      </Dialog>
    </>
  );
}

type FormProps = Props & { dialog: DialogState<SiteTariffBody> };

function LoadedForm(props: FormProps) {
  const t = useWords(billWords);
  const query = useQuery(siteTariffQuery(props.site.id));
  return (
    <QueryContent query={query} loading={<LoadingState what={t('siteTariff')} rows={3} />}>
      {(saved) => <SiteTariffForm {...props} saved={saved} />}
    </QueryContent>
  );
}

function SiteTariffForm({ dialog, municipalities, saved }: FormProps & { saved: SiteTariff }) {
  const t = useWords(billWords);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: {
      tariffId: saved.tariff?.id ?? null,
      subscribedA: saved.subscribedA ?? '',
      subscribedKva: saved.subscribedKva ?? '',
    },
  });
  const submit = form.onSubmit(({ tariffId, subscribedA, subscribedKva }) =>
    dialog.submit(
      { tariffId, subscribedA: orNull(subscribedA), subscribedKva: orNull(subscribedKva) },
      (error) => form.setErrors(fieldErrors(error)),
    ),
  );
  const choices = tariffChoices(municipalities);
  return (
    <DialogForm dialog={dialog} label={t('siteTariff')} action={t('save')} onSubmit={submit}>
      {choices.length === 0 && (
        <Text size="sm" c="var(--warning)">
          <Sentence
            words={billWords}
            text="noTariffs"
            parts={{ a: <Anchor component={Link} to="/tariffs" inherit underline="always" /> }}
          />
        </Text>
      )}
      <Select
        label={t('tariff')}
        placeholder={t('noTariff')}
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
        searchable
        data={choices}
        key={form.key('tariffId')}
        {...form.getInputProps('tariffId')}
      />
      <TextInput
        label={t('subscribedA')}
        description={t('subscribedMeaning')}
        inputMode="decimal"
        key={form.key('subscribedA')}
        {...form.getInputProps('subscribedA')}
      />
      <TextInput
        label={t('subscribedKva')}
        description={t('subscribedMeaning')}
        inputMode="decimal"
        key={form.key('subscribedKva')}
        {...form.getInputProps('subscribedKva')}
      />
    </DialogForm>
  );
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim().replace(',', '.');
}
