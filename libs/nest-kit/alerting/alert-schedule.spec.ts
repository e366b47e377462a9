import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AlertSchedule } from './alert-schedule.js';
import type { AlertEvaluation, Alerting } from './alerting.js';
import type { NoticeDelivery } from './notice-delivery.js';

Logger.overrideLogger(false);

const evaluate = vi.fn<AlertEvaluation['evaluate']>();
const deliver = vi.fn<NoticeDelivery['deliver']>();
let schedule: AlertSchedule;

beforeEach(() => {
  vi.useFakeTimers();
  evaluate.mockReset().mockResolvedValue({ raised: [], resolved: [] });
  deliver.mockReset().mockResolvedValue();
  schedule = new AlertSchedule(
    { settings: { intervalSeconds: 30 } } as Alerting,
    new SchedulerRegistry(),
    { evaluate },
    { deliver } as unknown as NoticeDelivery,
  );
  schedule.onApplicationBootstrap();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the schedule', () => {
  it('evaluates and delivers every interval, with the time that it is', async () => {
    await vi.advanceTimersByTimeAsync(90_000);
    expect(evaluate).toHaveBeenCalledTimes(3);
    expect(deliver).toHaveBeenCalledTimes(3);
    expect(evaluate).toHaveBeenLastCalledWith(new Date(), 120);
  });

  it('goes on evaluating while a destination is slow, and delivers once at a time', async () => {
    const sent = Promise.withResolvers<void>();
    deliver.mockReturnValueOnce(sent.promise);
    await vi.advanceTimersByTimeAsync(90_000);
    expect(evaluate).toHaveBeenCalledTimes(3);
    expect(deliver).toHaveBeenCalledTimes(1);
    sent.resolve();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(deliver).toHaveBeenCalledTimes(2);
  });

  it('delivers though it cannot evaluate, and goes on after a failure', async () => {
    evaluate.mockRejectedValueOnce(new Error('database is gone'));
    deliver.mockRejectedValueOnce(new Error('database is gone'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(evaluate).toHaveBeenCalledTimes(2);
    expect(deliver).toHaveBeenCalledTimes(2);
  });

  it('ends with what is under way, and tells it to', async () => {
    let stop: AbortSignal | undefined;
    deliver.mockImplementationOnce(async (_now, signal) => {
      stop = signal;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(stop?.aborted).toBe(false);
    await schedule.onModuleDestroy();
    expect(stop?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(90_000);
    expect(evaluate).toHaveBeenCalledTimes(1);
  });
});
