import { Paper } from '@mantine/core';
import { AlertDestinations, PageHeader, UrlTabs, useHasRole, useWords } from '#libs/ui';
import { AlertList } from './alert-list.js';
import { alertWords } from './words.js';

/** Settings → Alerts: everybody sees the alerts, admins say who is told. */
export function AlertsPage() {
  const t = useWords(alertWords);
  const isAdmin = useHasRole(['admin']);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <Paper>
        {isAdmin ? (
          <UrlTabs
            label={t('title')}
            tabs={[
              { value: 'alerts', label: t('alerts'), content: <AlertList /> },
              { value: 'destinations', label: t('destinations'), content: <AlertDestinations /> },
            ]}
          />
        ) : (
          <AlertList />
        )}
      </Paper>
    </>
  );
}
