import { mkdtempSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { serveProtocol } from './protocol-server.js';

const startup = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]);
const sync = Buffer.from([0x53, 0, 0, 0, 4]);
const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
const done = Buffer.from([0x43, 0, 0, 0, 5, 0]);

/** A `Bind` of so many bytes of content. */
function bind(bytes: number): Buffer {
  const message = Buffer.alloc(5 + bytes, 1);
  message.writeUInt8(0x42, 0);
  message.writeUInt32BE(4 + bytes, 1);
  return message;
}

let server: net.Server | undefined;
afterEach(() => server?.close());

/** Serves an engine that gives `answers` one after the other, and remembers what it was asked. */
async function connect(answers: Buffer[]) {
  const asked: Buffer[] = [];
  const engine = {
    execProtocolRaw: async (messages: Uint8Array) => {
      asked.push(Buffer.from(messages));
      return new Uint8Array(answers[asked.length - 1] ?? ready);
    },
  };
  const socketPath = path.join(mkdtempSync(path.join(tmpdir(), 'protocol-')), 'socket');
  server = await serveProtocol(engine, socketPath);
  const client = net.connect(socketPath);
  let got = Buffer.alloc(0);
  client.on('data', (chunk: Buffer) => {
    got = Buffer.concat([got, chunk]);
  });
  const received = async (bytes: number) => {
    while (got.length < bytes) await new Promise((resolve) => client.once('data', resolve));
    return got;
  };
  return { client, asked, received };
}

describe('serveProtocol', () => {
  it('hands on a request when it is whole, however it comes in', async () => {
    const { client, asked, received } = await connect([ready, Buffer.concat([done, ready])]);
    client.write(startup);
    await received(ready.length);
    const request = Buffer.concat([bind(200_000), sync]);
    for (let at = 0; at < request.length; at += 50_001) client.write(request.subarray(at, at + 50_001));
    await received(2 * ready.length + done.length);
    expect(asked).toEqual([startup, request]);
    client.destroy();
  });

  it('asks once more where the engine forgot that it is ready', async () => {
    const { client, asked, received } = await connect([ready, done, ready]);
    client.write(startup);
    await received(ready.length);
    client.write(Buffer.concat([bind(10), sync]));
    expect(await received(2 * ready.length + done.length)).toEqual(Buffer.concat([ready, done, ready]));
    expect(asked.at(-1)).toEqual(sync);
    client.destroy();
  });

  it('rolls back for a client that goes away, and serves the next one', async () => {
    const { client, asked, received } = await connect([]);
    client.write(startup);
    await received(ready.length);
    const second = net.connect(server?.address() as string);
    second.write(startup);
    client.destroy();
    await new Promise((resolve) => second.once('data', resolve));
    expect(asked.map(String).some((text) => text.includes('ROLLBACK'))).toBe(true);
    second.destroy();
  });
});
