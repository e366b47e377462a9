import { z } from 'zod';
import { askPortal } from './ask-portal.js';
import { error, ok, warning, type Found } from './finding.js';
import { inService } from './tenant-subject.js';

const part = z.looseObject({ status: z.string(), message: z.string().optional() });
/** Where it is not ready it answers as to any request that fails. */
const problem = z.looseObject({ title: z.string(), code: z.string() });
const readiness = z.looseObject({ status: z.string(), details: z.record(z.string(), part).default({}) });

/** What the portal says of itself under `/health/ready`, part by part. */
export const portalReady = inService(
  'portal',
  'ready',
  'The portal can do its work',
  async (subject, container) => {
    const { status, body } = await askPortal(subject.docker, container, '/health/ready');
    const { slug } = subject.tenant;
    const log = `wattfleet logs ${slug} --tail 100`;
    const refused = problem.safeParse(body);
    const why = refused.success ? `: ${refused.data.title} (${refused.data.code})` : '';
    const parsed = readiness.safeParse(body);
    if (!parsed.success) return [error(`/health/ready answers ${status}${why}`, log)];
    const parts = Object.entries(parsed.data.details);
    const wrong = parts.flatMap(([name, state]) => findWrong(name, state, slug));
    if (wrong.length > 0) return wrong;
    if (status !== 200) return [error(`/health/ready answers ${status}: ${parsed.data.status}`, log)];
    return [ok(`/health/ready answers 200: ${parts.map(([name]) => name).join(', ')} are well`)];
  },
);

function findWrong(name: string, { status, message = status }: z.infer<typeof part>, slug: string): Found[] {
  const text = `${name}: ${message}`;
  if (status === 'up') return [];
  const service = name === 'database' ? 'timescaledb' : 'portal';
  const remedy = `wattfleet logs ${slug} --service ${service} --tail 100`;
  return [status === 'down' ? error(text, remedy) : warning(text, remedy)];
}
