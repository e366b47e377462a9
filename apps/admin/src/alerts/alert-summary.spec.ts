import { describe, expect, it } from 'vitest';
import type { AlertKind } from '#libs/contracts';
import { summarise } from './alert-summary.js';

describe('summarise', () => {
  it.each<[string, AlertKind, number | null, number, number]>([
    ['Newest measurement is 3 h 20 min behind (limit 2 h)', 'lag', 120, 200.9, 0],
    ['Newest measurement is 2 d 1 h behind (limit 1 d)', 'lag', 1_440, 2_955, 0],
    ['Newest measurement is 1 d behind (limit 1 d)', 'lag', 1_440, 1_440.5, 0],
    ['No contact for 1 h 1 min (limit 1 h)', 'offline', 60, 61, 0],
    ['No contact for less than 1 min (limit less than 1 min)', 'offline', 0.5, 0.7, 0],
    ['Requests come with a token that is no longer valid', 'auth-failure', null, 0, 0],
    ["12 % of the last hour's rows were rejected (limit 5 %)", 'rejection', 5, 12.34, 3],
    ["0.13 % of the last hour's rows were rejected (limit 0.1 %)", 'rejection', 0.1, 0.1251, 0],
    ['3 batches were refused in the last hour', 'rejection', 5, 1, 3],
    ['1 batch was refused in the last hour', 'rejection', 5, 0, 1],
    ['Batches are refused', 'rejection', 5, 0, 0],
  ])('says %s', (summary, kind, threshold, measure, refusedBatches) => {
    const rule = { kind, threshold, enabled: true, holdMinutes: 5 };
    expect(summarise(rule, { measure, refusedBatches })).toBe(summary);
  });
});
