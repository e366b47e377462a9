import { Anchor, Group } from '@mantine/core';
import { Link } from 'react-router';
import type { StoredTariffVersion, TariffDetail } from '#libs/contracts';
import {
  AdminButton,
  api,
  ConfirmDialog,
  DataTable,
  StatusBadge,
  useDialog,
  useWords,
  type Column,
  type Translate,
} from '#libs/ui';
import { showDay, today } from './calendar-day.js';
import { tariffEditors, tariffPath, tariffsKey } from './tariffs.queries.js';
import { validOn } from './timeline.js';
import { tariffWords } from './words.js';

/** Newest first. */
export function VersionsTable({ tariff }: { tariff: TariffDetail }) {
  const t = useWords(tariffWords);
  return (
    <DataTable
      label={t('versions')}
      columns={columns(tariff, t)}
      rows={tariff.versions.toReversed()}
      rowKey={({ id }) => id}
    />
  );
}

function columns(tariff: TariffDetail, t: Translate<typeof tariffWords>): Column<StoredTariffVersion>[] {
  const valid = validOn(tariff.versions, today());
  return [
    {
      header: t('firstDay'),
      rowHeader: true,
      cell: ({ id, firstDay }) => (
        <Group gap={8}>
          <Anchor component={Link} to={`/tariffs/${tariff.id}/versions/${id}`} inherit>
            {showDay(firstDay)}
          </Anchor>
          {id === valid?.id && <StatusBadge tone="good">{t('valid')}</StatusBadge>}
        </Group>
      ),
    },
    {
      header: t('lastDay'),
      cell: ({ lastDay }) => (lastDay === null ? t('withoutEnd') : showDay(lastDay)),
    },
    {
      header: t('components'),
      wrap: true,
      cell: ({ document }) => document.components.map(({ name }) => name).join(', '),
    },
    { header: t('currency'), cell: ({ document }) => document.currency },
    { header: t('actions'), cell: (version) => <RemoveVersion tariff={tariff} version={version} /> },
  ];
}

function RemoveVersion({ tariff, version }: { tariff: TariffDetail; version: StoredTariffVersion }) {
  const t = useWords(tariffWords);
  const day = showDay(version.firstDay);
  const dialog = useDialog({
    run: () => api.delete(tariffPath(tariff.id, `/versions/${version.id}`)),
    refreshes: tariffsKey,
  });
  return (
    <>
      <AdminButton
        variant="default"
        size="compact-xs"
        roles={tariffEditors}
        aria-label={t('removeVersion', { day })}
        onClick={dialog.open}
      >
        {t('remove')}
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={t('removeVersionAsk', { day })} action={t('remove')} danger>
        {t('removeVersionEffect')}
      </ConfirmDialog>
    </>
  );
}
