import { Button, Group } from '@mantine/core';
import {
  IconArchive,
  IconArchiveOff,
  IconLayoutDashboard,
  IconPencil,
  IconReceipt,
  IconTrash,
} from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import type { NewSite, SiteDetail } from '#libs/contracts';
import { api, ConfirmDialog, Dialog, useDialog, useWords } from '#libs/ui';
import { billPagePath } from '../bills/bills.queries.js';
import { dashboardPagePath } from '../dashboards/dashboards.queries.js';
import { EditorButton } from './editor-button.js';
import { DeleteForm } from './delete-form.js';
import { changedFields, siteBody, valuesOfSite } from './site-body.js';
import { SiteForm } from './site-form.js';
import { sitePath, sitesKey } from './sites.queries.js';
import { siteWords } from './words.js';

export function SiteActions({ site }: { site: SiteDetail }) {
  const t = useWords(siteWords);
  return (
    <Group gap="xs">
      <Button
        component={Link}
        to={billPagePath(site.id)}
        size="xs"
        variant="default"
        leftSection={<IconReceipt size={14} aria-hidden />}
      >
        {t('costs')}
      </Button>
      <Button
        component={Link}
        to={dashboardPagePath(site.id)}
        size="xs"
        variant="default"
        leftSection={<IconLayoutDashboard size={14} aria-hidden />}
      >
        {t('dashboard')}
      </Button>
      <EditSite site={site} />
      {site.archivedAt === null ? <Archive site={site} /> : <Restore site={site} />}
      <DeleteSite site={site} />
    </Group>
  );
}

function EditSite({ site }: { site: SiteDetail }) {
  const t = useWords(siteWords);
  const values = valuesOfSite(site);
  const dialog = useDialog({
    run: async (body: NewSite) => {
      const change = changedFields(siteBody(values), body);
      if (Object.keys(change).length > 0)
        await api.patch(sitePath(site.id), withBothCoordinates(change, body));
    },
    refreshes: sitesKey,
  });
  return (
    <>
      <EditorButton
        size="xs"
        variant="default"
        leftSection={<IconPencil size={14} aria-hidden />}
        onClick={dialog.open}
      >
        {t('edit')}
      </EditorButton>
      <Dialog dialog={dialog} title={t('editSite')}>
        <SiteForm dialog={dialog} label={t('editSite')} action={t('save')} values={values} />
      </Dialog>
    </>
  );
}

/** The server wants both or neither. */
function withBothCoordinates(change: Partial<NewSite>, { latitude, longitude }: NewSite): Partial<NewSite> {
  const isMoved = 'latitude' in change || 'longitude' in change;
  return isMoved ? { ...change, latitude, longitude } : change;
}

function Archive({ site }: { site: SiteDetail }) {
  const t = useWords(siteWords);
  const dialog = useDialog({ run: () => api.post(sitePath(site.id, '/archive')), refreshes: sitesKey });
  return (
    <>
      <EditorButton
        size="xs"
        variant="default"
        leftSection={<IconArchive size={14} aria-hidden />}
        onClick={dialog.open}
      >
        {t('archive')}
      </EditorButton>
      <ConfirmDialog dialog={dialog} title={t('archiveAsk', { name: site.name })} action={t('archive')}>
        {t('archiveEffect')}
      </ConfirmDialog>
    </>
  );
}

function Restore({ site }: { site: SiteDetail }) {
  const t = useWords(siteWords);
  const dialog = useDialog({ run: () => api.post(sitePath(site.id, '/restore')), refreshes: sitesKey });
  return (
    <>
      <EditorButton
        size="xs"
        variant="default"
        leftSection={<IconArchiveOff size={14} aria-hidden />}
        onClick={dialog.open}
      >
        {t('restore')}
      </EditorButton>
      <ConfirmDialog dialog={dialog} title={t('restoreAsk', { name: site.name })} action={t('restore')}>
        {t('restoreEffect')}
      </ConfirmDialog>
    </>
  );
}

function DeleteSite({ site }: { site: SiteDetail }) {
  const t = useWords(siteWords);
  const navigate = useNavigate();
  const dialog = useDialog({
    run: (confirm: string) => api.delete(sitePath(site.id), { query: { confirm } }),
    // What is gone is not asked for again.
    refreshes: [...sitesKey, 'list'],
    onDone: () => void navigate('/sites'),
  });
  return (
    <>
      <EditorButton
        size="xs"
        variant="outline"
        color="red"
        leftSection={<IconTrash size={14} aria-hidden />}
        onClick={dialog.open}
      >
        {t('delete')}
      </EditorButton>
      <Dialog dialog={dialog} title={t('deleteAsk', { name: site.name })}>
        <DeleteForm dialog={dialog} path={sitePath(site.id)} name={site.name} confirm={site.slug} />
      </Dialog>
    </>
  );
}
