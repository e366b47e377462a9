import { describe, expect, it } from 'vitest';
import { senderState, streamClaim } from './sender-state.js';

describe('senderState', () => {
  it('is what the headers say', () => {
    const headers = {
      'wattfleet-sender-version': '1.2.3',
      'wattfleet-backlog-batches': '12',
      'wattfleet-oldest-unsent-at': '2026-01-01T00:00:00.000Z',
    };
    expect(senderState(headers)).toEqual({
      version: '1.2.3',
      backlogBatches: 12,
      oldestUnsentAt: new Date('2026-01-01T00:00:00Z'),
    });
  });

  it('leaves out what is missing or wrong', () => {
    const nothing = { version: null, backlogBatches: null, oldestUnsentAt: null };
    expect(senderState({})).toEqual(nothing);
    for (const backlog of ['-1', '1.5', 'many', '9'.repeat(20)]) {
      const headers = { 'wattfleet-backlog-batches': backlog, 'wattfleet-oldest-unsent-at': 'yesterday' };
      expect(senderState(headers), backlog).toEqual(nothing);
    }
    expect(senderState({ 'wattfleet-sender-version': 'v'.repeat(1_000) }).version).toHaveLength(50);
  });
});

describe('streamClaim', () => {
  const id = '018f0000-0000-7000-8000-00000000000f';

  it('is what the headers say', () => {
    const headers = { 'wattfleet-stream-id': id, 'wattfleet-stream-position': '12' };
    expect(streamClaim(headers)).toEqual({ id, position: 12 });
  });

  it('expects nothing of Admin when it is missing or wrong', () => {
    expect(streamClaim({})).toEqual({ id: null, position: 0 });
    for (const position of ['-1', '1.5', 'many', '']) {
      const headers = { 'wattfleet-stream-id': 'x', 'wattfleet-stream-position': position };
      expect(streamClaim(headers), position).toEqual({ id: null, position: 0 });
    }
  });
});
