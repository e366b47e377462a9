import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AlertDestinationTest } from '#libs/contracts';
import { WatchedFleet } from './watched-fleet.js';
import { WebhookReceiver } from './webhook-receiver.js';

const refusal = 'the address is loopback, link-local or private, which webhooks may not reach';
let fleet: WatchedFleet;
let hook: WebhookReceiver;

beforeAll(async () => {
  hook = await WebhookReceiver.start();
  fleet = await WatchedFleet.start();
});
afterAll(async () => {
  await fleet.close();
  await hook.close();
});
beforeEach(() => fleet.reset());

async function test(address: string): Promise<AlertDestinationTest> {
  const id = await fleet.addDestination('webhook', address);
  const { body } = await fleet.operator.post<AlertDestinationTest>(`/api/alerts/destinations/${id}/test`);
  return body;
}

describe('a webhook that is not allowed to reach private addresses', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '0.0.0.0',
    'localhost',
    '169.254.169.254',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a00:1]',
    '[64:ff9b::7f00:1]',
    '[fe80::1]',
    '[fd00:ec2::254]',
  ])('is refused for %s', async (host) => {
    expect(await test(`http://${host}:${hook.port}/`)).toEqual({ sent: false, message: refusal });
    expect(await test(`https://user:password@${host}:${hook.port}/`)).toEqual({
      sent: false,
      message: refusal,
    });
    expect(hook.connections).toBe(0);
  });

  it('is refused for an alert as for a test, and the alert says so', async () => {
    await fleet.setHold(0);
    await fleet.addDestination('webhook', hook.url);
    await fleet.addCustomer('ACME', { last_contact_at: -61 });
    await fleet.evaluate(0);
    await fleet.deliver(0);
    expect((await fleet.alerts())[0]?.notices).toEqual([
      expect.objectContaining({ sentAt: null, attempts: 1, lastError: refusal }),
    ]);
    expect(hook.connections).toBe(0);
  });
});

describe('a name', () => {
  const lookup = dns.lookup;
  afterEach(() => {
    dns.lookup = lookup;
    syncBuiltinESMExports();
  });

  function resolveTo(...addresses: { address: string; family: number }[]): string[] {
    const asked: string[] = [];
    const fake = (host: string, options: dns.LookupOptions, done: (...result: unknown[]) => void) => {
      asked.push(host);
      if (options.all) done(null, addresses);
      else done(null, addresses[0]?.address, addresses[0]?.family);
    };
    dns.lookup = Object.assign(fake, { __promisify__: lookup.__promisify__ }) as unknown as typeof lookup;
    syncBuiltinESMExports();
    return asked;
  }

  it.each([
    [[{ address: '127.0.0.1', family: 4 }]],
    [[{ address: '10.1.2.3', family: 4 }]],
    [[{ address: '::ffff:127.0.0.1', family: 6 }]],
    [
      [
        { address: '203.0.114.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
    ],
  ])('that resolves to %j is refused', async (addresses) => {
    const asked = resolveTo(...addresses);
    expect(await test(`http://hooks.example.com:${hook.port}/`)).toEqual({ sent: false, message: refusal });
    expect(asked).toEqual(['hooks.example.com']);
    expect(hook.connections).toBe(0);
  });
});
