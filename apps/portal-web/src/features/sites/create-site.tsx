import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import type { NewSite } from '#libs/contracts';
import { api, Dialog, localTimeZone, useDialog, useWords } from '#libs/ui';
import { EditorButton } from './editor-button.js';
import { emptySite } from './site-body.js';
import { SiteForm } from './site-form.js';
import { sitesKey } from './sites.queries.js';
import { siteWords } from './words.js';

/** Button and dialog; then the new site's page. */
export function CreateSite() {
  const t = useWords(siteWords);
  const navigate = useNavigate();
  const dialog = useDialog({
    run: (body: NewSite) => api.post<{ id: string }>('/api/sites', body),
    refreshes: sitesKey,
    onDone: ({ id }) => void navigate(`/sites/${id}`),
  });
  return (
    <>
      <EditorButton leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
        {t('newSite')}
      </EditorButton>
      <Dialog dialog={dialog} title={t('newSite')}>
        <SiteForm
          dialog={dialog}
          label={t('newSite')}
          action={t('create')}
          values={emptySite(localTimeZone)}
        />
      </Dialog>
    </>
  );
}
