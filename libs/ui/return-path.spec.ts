import { describe, expect, it } from 'vitest';
import { isDashboardPath, safeReturnPath, signInPathFrom } from './return-path.js';

describe('safeReturnPath', () => {
  it.each(['/', '/sites/1?device=02001283', '/imports#files', '/a%2Fb'])(
    'keeps the local path %s',
    (path) => {
      expect(safeReturnPath(path)).toBe(path);
    },
  );

  it.each([
    null,
    '',
    'sites',
    'https://evil.example',
    'javascript:alert(1)',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/sign-in',
    '/sign-in?return=%2Fsites',
  ])('sends %j to the start page', (path) => {
    expect(safeReturnPath(path)).toBe('/');
  });
});

describe('signInPathFrom', () => {
  it('carries the path along, encoded', () => {
    expect(signInPathFrom('/sites/1?device=2')).toBe('/sign-in?return=%2Fsites%2F1%3Fdevice%3D2');
  });

  it('stays short for the start page', () => {
    expect(signInPathFrom('/')).toBe('/sign-in');
  });
});

describe('isDashboardPath', () => {
  it.each(['/grafana', '/grafana/', '/grafana/d/abc?from=now-1d', '/grafana?x'])('knows %s', (path) => {
    expect(isDashboardPath(path)).toBe(true);
  });

  it.each(['/', '/grafanas', '/sites/grafana', '/settings/grafana/'])('leaves %s to the app', (path) => {
    expect(isDashboardPath(path)).toBe(false);
  });
});
