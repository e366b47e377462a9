import { Select, Text } from '@mantine/core';
import { IconBulb, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Municipality, StoredTariffExample, TariffDetail } from '#libs/contracts';
import {
  AdminButton,
  api,
  Dialog,
  DialogForm,
  LoadingState,
  QueryContent,
  useDialog,
  useWords,
  type DialogState,
} from '#libs/ui';
import { NameForm } from './name-form.js';
import { examplesQuery, municipalityPath, tariffEditors, tariffPath, tariffsKey } from './tariffs.queries.js';
import { tariffWords } from './words.js';

export function AddMunicipality() {
  const t = useWords(tariffWords);
  const dialog = useDialog({
    run: (body: { name: string }) => api.post('/api/municipalities', body),
    refreshes: tariffsKey,
  });
  const title = t('addMunicipality');
  return (
    <>
      <AdminButton
        roles={tariffEditors}
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={dialog.open}
      >
        {title}
      </AdminButton>
      <Dialog dialog={dialog} title={title}>
        <NameForm dialog={dialog} label={title} action={t('add')} />
      </Dialog>
    </>
  );
}

/** The tariff's own page is where its first version is added. */
export function AddTariff({ municipality }: { municipality: Municipality }) {
  const t = useWords(tariffWords);
  const navigate = useNavigate();
  const dialog = useDialog({
    run: (body: { name: string }) =>
      api.post<TariffDetail>(municipalityPath(municipality.id, '/tariffs'), body),
    refreshes: tariffsKey,
    onDone: ({ id }) => void navigate(`/tariffs/${id}`),
  });
  const title = t('addTariffTo', { name: municipality.name });
  return (
    <>
      <AdminButton
        variant="default"
        size="compact-xs"
        roles={tariffEditors}
        aria-label={title}
        onClick={dialog.open}
      >
        {t('addTariff')}
      </AdminButton>
      <Dialog dialog={dialog} title={title}>
        <NameForm dialog={dialog} label={title} action={t('add')} />
      </Dialog>
    </>
  );
}

/** Makes an example a tariff of one's own: its municipality, where there is none of the name, and its version. */
export function AddExample({ municipalities }: { municipalities: readonly Municipality[] }) {
  const t = useWords(tariffWords);
  const navigate = useNavigate();
  const dialog = useDialog({
    run: (example: StoredTariffExample) => saveExample(example, municipalities),
    refreshes: tariffsKey,
    onDone: ({ id }) => void navigate(`/tariffs/${id}`),
  });
  return (
    <>
      <AdminButton
        variant="default"
        roles={tariffEditors}
        leftSection={<IconBulb size={16} aria-hidden />}
        onClick={dialog.open}
      >
        {t('addExample')}
      </AdminButton>
      <Dialog dialog={dialog} title={t('addExample')}>
        <ExampleForm dialog={dialog} />
      </Dialog>
    </>
  );
}

async function saveExample(
  { municipality, name, firstDay, lastDay, document }: StoredTariffExample,
  known: readonly Municipality[],
): Promise<TariffDetail> {
  const owner =
    known.find((one) => one.name === municipality) ??
    (await api.post<Municipality>('/api/municipalities', { name: municipality }));
  const tariff =
    owner.tariffs.find((one) => one.name === name) ??
    (await api.post<TariffDetail>(municipalityPath(owner.id, '/tariffs'), { name }));
  return api.post<TariffDetail>(tariffPath(tariff.id, '/versions'), { firstDay, lastDay, document });
}

function ExampleForm({ dialog }: { dialog: DialogState<StoredTariffExample> }) {
  const t = useWords(tariffWords);
  const query = useQuery(examplesQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <QueryContent query={query} loading={<LoadingState what={t('theTariffs')} rows={2} />}>
      {({ examples }) => {
        const example = examples.find(({ id }) => id === chosen) ?? examples[0];
        return (
          <DialogForm
            dialog={dialog}
            label={t('addExample')}
            action={t('add')}
            disabled={example === undefined}
            onSubmit={(event) => {
              event.preventDefault();
              if (example !== undefined) dialog.submit(example);
            }}
          >
            <Select
              label={t('example')}
              allowDeselect={false}
              data={examples.map(({ id, municipality, name }) => ({
                value: id,
                label: `${municipality}: ${name}`,
              }))}
              value={example?.id ?? null}
              onChange={setChosen}
            />
            <Text size="sm" c="dimmed">
              {t('exampleMeaning')}
            </Text>
          </DialogForm>
        );
      }}
    </QueryContent>
  );
}
