import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

/** What the stand-in keeps, by name. */
type Kept = Record<'users' | 'eventactions' | 'eventrules', Record<string, Record<string, unknown>>>;

interface StandIn {
  server: Server;
  things: Kept;
}

type MakeSftpgo = (options: {
  admin: { name: string; password: string };
  version?: string;
  kept?: Partial<Kept>;
}) => StandIn;

export const sftpgoPassword = 'password-of-the-administrator';

/** The stand-in for SFTPGo that the stack tests run in a container, in this process. */
export async function startSftpgo(password = sftpgoPassword, version = '2.7.5') {
  const file = new URL('../../../../.ci/images/sftpgo.mjs', import.meta.url).href;
  const { makeSftpgo } = (await import(file)) as { makeSftpgo: MakeSftpgo };
  const { server, things } = makeSftpgo({ admin: { name: 'wattfleet', password }, version });
  const requests: string[] = [];
  server.prependListener('request', ({ method, url }: IncomingMessage) => {
    requests.push(`${method} ${url?.replace('/api/v2', '')}`);
  });
  return { url: await listen(server), things, requests };
}

/** A server that answers as a test wants it to. */
export async function startServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<URL> {
  return listen(createServer(answer));
}

async function listen(server: Server): Promise<URL> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on a port');
  return new URL(`http://127.0.0.1:${address.port}`);
}
