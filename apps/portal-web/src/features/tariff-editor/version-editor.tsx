import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { TariffDetail, TariffVersionBody } from '#libs/contracts';
import { AdminButton, api, ErrorState, fieldErrors, useWords } from '#libs/ui';
import { tariffEditors, tariffPath, tariffsKey } from '../tariffs/tariffs.queries.js';
import { ComponentList } from './component-list.js';
import { DayTypeFields } from './day-type-fields.js';
import { GeneralFields } from './general-fields.js';
import { SampleDay } from './sample-day.js';
import { SeasonFields } from './season-fields.js';
import { TaxFields } from './tax-fields.js';
import { useNewVersionForm, useVersionForm, versionErrors, VersionFormProvider } from './version-form.js';
import { editorWords } from './words.js';

interface Props {
  tariff: TariffDetail;
  /** Null for one that is not saved yet. */
  versionId: string | null;
  initial: TariffVersionBody;
}

/** All of a version on one page; what is wrong is said where it is, and all of it above the button. */
export function VersionEditor({ tariff, versionId, initial }: Props) {
  const t = useWords(editorWords);
  const form = useNewVersionForm({ initialValues: initial, validate: versionErrors });
  const save = useSave(tariff, versionId);
  const submit = form.onSubmit((values) =>
    save.mutate(values, { onError: (error) => form.setErrors(fieldErrors(error)) }),
  );
  return (
    <VersionFormProvider form={form}>
      <form onSubmit={submit} noValidate aria-label={t('version')}>
        <Stack gap="md">
          <Section title={t('general')}>
            <GeneralFields canEndPrevious={versionId === null && tariff.versions.length > 0} />
          </Section>
          <Section title={t('seasons')} meaning={t('seasonsMeaning')}>
            <SeasonFields />
          </Section>
          <Section title={t('dayTypes')} meaning={t('dayTypesMeaning')}>
            <DayTypeFields />
          </Section>
          <Section title={t('charges')} meaning={t('chargesMeaning')}>
            <ComponentList />
          </Section>
          <Section title={t('taxes')}>
            <TaxFields />
          </Section>
          <Section title={t('sampleDay')} meaning={t('sampleDayMeaning')}>
            <SampleDay />
          </Section>
          <Problems />
          {save.error !== null && <ErrorState error={save.error} />}
          <SaveBar tariffId={tariff.id} submit={submit} pending={save.isPending} />
        </Stack>
      </form>
    </VersionFormProvider>
  );
}

/** All that is wrong, by path: also what stands in a part that is folded away. */
function Problems() {
  const t = useWords(editorWords);
  const errors = Object.entries(useVersionForm().errors);
  if (errors.length === 0) return null;
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('problems', { count: errors.length })}
    >
      <Text component="ul" size="sm" m={0} pl="md">
        {errors.map(([path, message]) => (
          <li key={path}>
            <code>{path.replace(/^document\./, '')}</code>: {message}
          </li>
        ))}
      </Text>
    </Alert>
  );
}

function useSave(tariff: TariffDetail, versionId: string | null) {
  const navigate = useNavigate();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TariffVersionBody) =>
      versionId === null
        ? api.post(tariffPath(tariff.id, '/versions'), body)
        : api.put(tariffPath(tariff.id, `/versions/${versionId}`), body),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: tariffsKey });
      await navigate(`/tariffs/${tariff.id}`);
    },
  });
}

function SaveBar({ tariffId, submit, pending }: { tariffId: string; submit: () => void; pending: boolean }) {
  const t = useWords(editorWords);
  const navigate = useNavigate();
  return (
    <Group justify="flex-end">
      <Button variant="default" disabled={pending} onClick={() => void navigate(`/tariffs/${tariffId}`)}>
        {t('cancel')}
      </Button>
      <AdminButton roles={tariffEditors} loading={pending} onClick={submit}>
        {t('save')}
      </AdminButton>
    </Group>
  );
}

function Section({ title, meaning, children }: { title: string; meaning?: string; children: ReactNode }) {
  return (
    <Paper component="section" aria-label={title} p="md">
      <Title order={2}>{title}</Title>
      {meaning !== undefined && (
        <Text size="sm" c="dimmed">
          {meaning}
        </Text>
      )}
      <Stack gap="sm" mt="sm">
        {children}
      </Stack>
    </Paper>
  );
}
