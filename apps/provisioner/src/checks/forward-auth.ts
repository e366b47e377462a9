import { askEdge, type EdgeAnswer } from './ask-edge.js';
import { edgeAddress } from './edge-address.js';
import { error, ok, skipped, type Found } from './finding.js';
import { withProbeSession } from './probe-session.js';
import { inService } from './tenant-subject.js';

/** Behind the portal's sign-in, but not behind Grafana's own: no account is made in Grafana for asking. */
const path = '/grafana/api/health';

/** Traefik lets to Grafana whom the portal has signed in, and nobody else. */
export const forwardAuth = inService(
  'timescaledb',
  'forward-auth',
  'Grafana opens for those who are signed in, and for nobody else',
  async (subject) => {
    const { slug, spec } = subject.tenant;
    const edge = await edgeAddress(subject);
    if (edge === undefined) {
      const join = `wattfleet host init joins Traefik to ${slug}_edge`;
      return [error('no Traefik stands in its edge network: nobody can reach it', join)];
    }
    const without = await askEdge(edge, spec.host, path);
    const session = await withProbeSession(subject, (cookie) => askEdge(edge, spec.host, path, { cookie }));
    return [
      judgeWithout(without, slug),
      session === undefined
        ? skipped('no account can sign in to try it with')
        : judgeWith(session.status, slug),
    ];
  },
);

function judgeWithout({ status, contentType }: EdgeAnswer, slug: string): Found {
  if (status === 401) return ok('without a session: 401');
  const routes = `labels of grafana in compose.yaml, wattfleet plan ${slug}, wattfleet up ${slug}; then Traefik's log`;
  // Where Grafana's route is missing, the portal's takes it, and answers with its page.
  const isPortal = status === 200 && contentType.startsWith('text/html');
  if (status === 404 || isPortal) return error('Traefik has no route to Grafana', routes);
  return status < 400
    ? error(
        `Grafana is open to everybody: it answers ${status} without a session`,
        `wattfleet down ${slug} closes it; ${routes}`,
      )
    : error(`without a session it answers ${status} instead of 401`, routes);
}

function judgeWith(status: number, slug: string): Found {
  if (status === 200) return ok('with a session: 200');
  const logs = `wattfleet logs ${slug} --service portal --service grafana --tail 100`;
  return error(`with a session it answers ${status}: charts stay closed`, logs);
}
