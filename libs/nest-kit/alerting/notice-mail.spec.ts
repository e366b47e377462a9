import { describe, expect, it } from 'vitest';
import { digestOf, mailOf } from './notice-mail.js';
import type { Notice } from './notice.js';

const raised: Notice = {
  event: 'raised',
  alertId: '018f0000-0000-7000-8000-000000000001',
  kind: 'offline',
  subject: {},
  heading: 'Acme Power (ACME)',
  summary: 'No contact for 1 h 2 min (limit 1 h)',
  raisedAt: '2026-06-01T12:00:00.000Z',
  resolvedAt: null,
  url: 'https://admin.example.com/customers/ACME',
};
const resolved: Notice = { ...raised, event: 'resolved', resolvedAt: '2026-06-01T13:00:00.000Z' };

describe('mailOf', () => {
  it('says who, what, since when and where to look', () => {
    expect(mailOf(raised)).toEqual({
      subject: '[Raised] Acme Power (ACME): No contact for 1 h 2 min (limit 1 h)',
      text: 'Acme Power (ACME): No contact for 1 h 2 min (limit 1 h)\n\nRaised:   2026-06-01T12:00:00.000Z\n\nhttps://admin.example.com/customers/ACME\n',
    });
    expect(mailOf(resolved).subject).toMatch(/^\[Resolved\] Acme Power/);
    expect(mailOf(resolved).text).toContain('Resolved: 2026-06-01T13:00:00.000Z');
  });

  it.each(['\r\n', '\n', '\r', '\u2028', '\u0000', '\u0085'])('makes one line of a name with %j', (end) => {
    const { subject } = mailOf({ ...raised, heading: `x${end}Bcc: evil@example.com (A)` });
    expect(subject).toMatch(/^\[Raised\] x Bcc: evil@example\.com \(A\): /);
    expect(subject).not.toMatch(/[\p{Cc}\u2028]/u);
  });

  it('cuts what is too long', () => {
    expect(mailOf({ ...raised, summary: 'x'.repeat(900) }).subject).toHaveLength(150);
  });
});

describe('digestOf', () => {
  it('counts, and has a line for each', () => {
    const { subject, text } = digestOf(
      [raised, raised, resolved],
      new URL('https://admin.example.com/alerts'),
    );
    expect(subject).toBe('[Alerts] 2 raised, 1 resolved');
    expect(text.split('\n')).toEqual([
      '2026-06-01T12:00:00.000Z Raised: Acme Power (ACME): No contact for 1 h 2 min (limit 1 h)',
      '2026-06-01T12:00:00.000Z Raised: Acme Power (ACME): No contact for 1 h 2 min (limit 1 h)',
      '2026-06-01T13:00:00.000Z Resolved: Acme Power (ACME): No contact for 1 h 2 min (limit 1 h)',
      '',
      'https://admin.example.com/alerts',
      '',
    ]);
    expect(digestOf([resolved], new URL('https://a.example')).subject).toBe('[Alerts] 1 resolved');
  });
});
