import { Paper } from '@mantine/core';
import { AlertDestinations, PageHeader, UrlTabs } from '#libs/ui';
import { AlertList } from './alert-list.js';
import { AlertRules } from './alert-rules.js';

export function AlertsPage() {
  return (
    <>
      <PageHeader title="Alerts" description="What is wrong with a customer’s pushes, and who is told" />
      <Paper>
        <UrlTabs
          label="Alerts"
          tabs={[
            { value: 'alerts', label: 'Alerts', content: <AlertList /> },
            { value: 'rules', label: 'Rules', content: <AlertRules /> },
            { value: 'destinations', label: 'Destinations', content: <AlertDestinations /> },
          ]}
        />
      </Paper>
    </>
  );
}
