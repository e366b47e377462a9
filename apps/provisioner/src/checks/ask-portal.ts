import { z } from 'zod';
import { tenantPorts } from '#libs/stack';
import type { Docker } from '../docker/docker.js';

const answer = z.object({ status: z.int(), body: z.unknown() });

/** Reads from standard input whom to ask, so that no header is seen in the list of processes. */
const script = `
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const { url, ...asked } = JSON.parse(Buffer.concat(chunks).toString());
  const response = await fetch(url, { ...asked, redirect: 'manual', signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  let body = text;
  try { body = JSON.parse(text); } catch {}
  console.log(JSON.stringify({ status: response.status, body }));
`;

/** What is asked beside the URL. */
export interface Asked {
  method?: string;
  body?: string;
}

/** Asks for `url` from inside the portal's container, as nobody outside of the tenant's networks can. */
export async function askFromPortal(
  docker: Docker,
  container: string,
  url: string,
  headers: Record<string, string> = {},
  asked: Asked = {},
): Promise<z.infer<typeof answer>> {
  const args = ['exec', '--interactive', container, 'node', '--input-type=module', '--eval', script];
  const text = await docker.run(args, {
    input: JSON.stringify({ url, headers, ...asked }),
    timeoutSeconds: 20,
  });
  return answer.parse(JSON.parse(text));
}

/** Asks the portal itself. @returns its answer; the body as JSON where it is JSON, else as text */
export function askPortal(docker: Docker, container: string, path: string): Promise<z.infer<typeof answer>> {
  return askFromPortal(docker, container, `http://127.0.0.1:${tenantPorts.portal}${path}`);
}
