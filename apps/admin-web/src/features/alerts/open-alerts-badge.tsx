import { useQuery } from '@tanstack/react-query';
import { NavigationCount } from '#libs/ui';
import { openAlertsQuery } from './alerts.queries.js';

export function OpenAlertsBadge() {
  const { data = 0 } = useQuery(openAlertsQuery);
  return <NavigationCount count={data} what="open" />;
}
