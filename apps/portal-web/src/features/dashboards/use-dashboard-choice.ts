import { useSearchParams } from 'react-router';
import type { ListedDashboard } from '#libs/contracts';

/** That of an archived site is in no list, but is there. */
const siteUid = /^site-[0-9a-f]{32}$/;

/** The dashboard as the address has it: the first of the list at first. */
export function useDashboardChoice(dashboards: readonly ListedDashboard[]) {
  const [params, setParams] = useSearchParams();
  const asked = params.get('dashboard') ?? '';
  const chosen = dashboards.find(({ uid }) => uid === asked) ?? unlisted(asked) ?? dashboards[0];
  return { chosen, choose: (uid: string) => setParams({ dashboard: uid }, { replace: true }) };
}

function unlisted(uid: string): ListedDashboard | undefined {
  if (!siteUid.test(uid)) return undefined;
  return { uid, kind: 'site', siteId: null, title: null, timeZone: null };
}
