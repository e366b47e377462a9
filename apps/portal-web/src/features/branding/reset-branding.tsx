import { IconRestore } from '@tabler/icons-react';
import type { Branding } from '#libs/contracts';
import { AdminButton, api, ConfirmDialog, useDialog, useWords } from '#libs/ui';
import { brandingQuery, useBrandChanged } from './branding.queries.js';
import { brandingWords } from './words.js';

/** Back to how the portal was delivered, when it is confirmed. */
export function ResetBranding({ onDone }: { onDone: () => void }) {
  const t = useWords(brandingWords);
  const showBrand = useBrandChanged();
  const dialog = useDialog({
    run: () => api.delete<Branding>('/api/branding'),
    refreshes: brandingQuery.queryKey,
    onDone: (brand: Branding) => {
      showBrand(brand);
      onDone();
    },
  });
  return (
    <>
      <AdminButton
        variant="default"
        leftSection={<IconRestore size={16} aria-hidden />}
        onClick={dialog.open}
      >
        {t('reset')}
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={t('resetTitle')} action={t('reset')} danger>
        {t('resetText')}
      </ConfirmDialog>
    </>
  );
}
