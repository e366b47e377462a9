import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Secret } from '#libs/config';
import type { PortalSettings } from '../portal.config.js';
import { sendBatch, type SendOutcome } from './batch-sender.js';
import { selectOldest } from './outbox.queries.js';
import { PusherService } from './pusher.service.js';

vi.mock(import('./batch-sender.js'), { spy: false });
vi.mock(import('./outbox.queries.js'), { spy: false });

const entry = { id: '1', idempotencyKey: 'key', rows: 1, payload: Buffer.alloc(0) };
const fleet = {
  url: new URL('http://admin.test'),
  token: new Secret('token'),
  intervalSeconds: 1_000_000,
  batchRows: 5_000,
};
const held: SendOutcome = { kind: 'held', code: 'HTTP_500', message: '', retryAfterSeconds: undefined };

let pusher: PusherService;

Logger.overrideLogger(false);

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_000 });
  vi.mocked(selectOldest).mockResolvedValue(entry);
  pusher = new PusherService(
    {} as DataSource,
    { fleet } as unknown as PortalSettings,
    new SchedulerRegistry(),
  );
});
afterEach(async () => {
  vi.mocked(sendBatch).mockReset();
  vi.useRealTimers();
});

/** Seconds between the sends of a pusher that is woken every 100 ms, as each of them has this outcome. */
async function waits(outcome: SendOutcome, sends: number): Promise<number[]> {
  const at: number[] = [];
  vi.mocked(sendBatch).mockImplementation(async () => {
    at.push(Date.now());
    return outcome;
  });
  while (at.length < sends) {
    pusher.wake();
    await vi.advanceTimersByTimeAsync(100);
  }
  return at.slice(1).map((time, index) => (time - (at[index] ?? 0)) / 1_000);
}

describe('a push that is held', () => {
  it('waits twice as long every time, with jitter, and five minutes at most', async () => {
    const found = await waits(held, 13);
    for (const [index, seconds] of found.entries()) {
      const ceiling = Math.min(300, 2 ** (index + 1));
      expect(seconds, `wait ${index + 1}`).toBeGreaterThanOrEqual(ceiling / 2);
      expect(seconds, `wait ${index + 1}`).toBeLessThanOrEqual(ceiling + 0.2);
    }
  });

  it('spreads a fleet that comes back', async () => {
    const random = vi.spyOn(Math, 'random');
    random.mockReturnValue(0);
    expect((await waits(held, 2))[0]).toBeCloseTo(1, 0);
    random.mockReturnValue(0.999);
    expect((await waits(held, 2))[0]).toBeGreaterThan(3.5);
    random.mockRestore();
  });

  it('waits as long as Admin asks for, and not longer', async () => {
    expect(await waits({ ...held, retryAfterSeconds: 20 }, 3)).toEqual([
      expect.closeTo(20, 0),
      expect.closeTo(20, 0),
    ]);
  });

  it('begins anew after a success', async () => {
    await waits(held, 6);
    vi.mocked(sendBatch).mockResolvedValue({ kind: 'taken' });
    vi.mocked(selectOldest).mockResolvedValueOnce(entry).mockResolvedValueOnce(undefined);
    await vi.advanceTimersByTimeAsync(301_000);
    expect((await waits(held, 2))[0]).toBeLessThanOrEqual(2.2);
  });
});

describe('the pusher', () => {
  it('does nothing where nothing is pushed', async () => {
    const silent = new PusherService(
      {} as DataSource,
      { fleet: undefined } as unknown as PortalSettings,
      new SchedulerRegistry(),
    );
    silent.onApplicationBootstrap();
    silent.wake();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sendBatch).not.toHaveBeenCalled();
  });

  it('finishes the batch that is under way when the app stops, and begins no other', async () => {
    const answer = Promise.withResolvers<SendOutcome>();
    vi.mocked(sendBatch).mockReturnValue(answer.promise);
    pusher.wake();
    await vi.advanceTimersByTimeAsync(1);
    const stopped = pusher.onModuleDestroy();
    answer.resolve({ kind: 'taken' });
    await stopped;
    expect(sendBatch).toHaveBeenCalledTimes(1);
  });
});
