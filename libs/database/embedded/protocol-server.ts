import net from 'node:net';

/** What is needed of the engine: one buffer of whole protocol messages in, the answers out. */
export interface ProtocolEngine {
  execProtocolRaw: (messages: Uint8Array) => Promise<Uint8Array>;
}

const typeBytes = { sync: 0x53, query: 0x51, terminate: 0x58, password: 0x70, ready: 0x5a };
const syncMessage = new Uint8Array([typeBytes.sync, 0, 0, 0, 4]);

/**
 * Serves the PostgreSQL protocol on a Unix socket, one connection after the other.
 * The engine must get whole messages up to the one that asks for an answer, and a `Bind` with arrays is longer than
 * what one read from a socket returns; passing reads on as they come crashes it.
 */
export function serveProtocol(engine: ProtocolEngine, socketPath: string): Promise<net.Server> {
  let turn = Promise.resolve();
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    // A client that goes away in mid-answer must not end the process, nor keep the next one waiting.
    socket.on('error', () => socket.destroy());
    turn = turn.then(() => serveConnection(engine, socket)).catch(() => undefined);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => resolve(server));
  });
}

async function serveConnection(engine: ProtocolEngine, socket: net.Socket): Promise<void> {
  let pending = Buffer.alloc(0);
  let started = false;
  try {
    for await (const chunk of socket) {
      pending = Buffer.concat([pending, chunk as Buffer]);
      const end = started ? endOfRequest(pending) : endOfStartup(pending);
      if (end === 0) continue;
      const request = pending.subarray(0, end);
      pending = pending.subarray(end);
      if (started && request[0] === typeBytes.terminate) break;
      socket.write(await answerOf(engine, request, started));
      started = true;
    }
  } catch {
    // The client has gone; what it left open is undone below.
  }
  socket.destroy();
  await engine.execProtocolRaw(simpleQuery('ROLLBACK'));
  await engine.execProtocolRaw(simpleQuery('DISCARD ALL'));
  // The engine's own default, which this has brought back, lacks `public`, where TimescaleDB's functions are.
  await engine.execProtocolRaw(simpleQuery('SET search_path TO public'));
}

/**
 * Answers a request down to its `ReadyForQuery`. Now and then the engine answers everything but the `Sync` at the end
 * of a long request, and the client would wait for ever; one more `Sync` brings the answer that is missing.
 */
async function answerOf(engine: ProtocolEngine, request: Buffer, isStarted: boolean): Promise<Buffer> {
  // Copied: what the engine returns is a view of a buffer that it uses again.
  const answer = Buffer.from(await engine.execProtocolRaw(new Uint8Array(request)));
  if (!isStarted || endsWithReady(answer)) return answer;
  return Buffer.concat([answer, await engine.execProtocolRaw(syncMessage)]);
}

function endsWithReady(answer: Buffer): boolean {
  const last = answer.subarray(-6);
  return last.length === 6 && last[0] === typeBytes.ready && last.readUInt32BE(1) === 5;
}

/** Length of the start-up message, which has no type byte; 0 while it is not whole. */
function endOfStartup(buffer: Buffer): number {
  if (buffer.length < 4) return 0;
  const length = buffer.readUInt32BE(0);
  return buffer.length >= length ? length : 0;
}

/** Where the last whole request ends, that is a message after which the client waits for an answer. */
function endOfRequest(buffer: Buffer): number {
  let position = 0;
  let end = 0;
  while (position + 5 <= buffer.length) {
    const next = position + 1 + buffer.readUInt32BE(position + 1);
    if (next > buffer.length) break;
    const type = buffer[position];
    if (type === typeBytes.sync || type === typeBytes.query) end = next;
    if (type === typeBytes.password) end = next;
    if (type === typeBytes.terminate) return position === 0 ? next : end;
    position = next;
  }
  return end;
}

function simpleQuery(text: string): Uint8Array {
  const body = Buffer.from(`${text}\0`);
  const message = Buffer.alloc(5 + body.length);
  message.writeUInt8(typeBytes.query, 0);
  message.writeUInt32BE(4 + body.length, 1);
  body.copy(message, 5);
  return new Uint8Array(message);
}
