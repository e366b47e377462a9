import { expect, it } from 'vitest';
import { embeddedAddress, wholeAddress } from './grafana-address.js';

it('says how Grafana is to look, and leaves the time zone to the dashboard where none is known', () => {
  expect(embeddedAddress('portfolio', { theme: 'dark', timeZone: 'America/Argentina/Ushuaia' })).toBe(
    '/grafana/d/portfolio?theme=dark&timezone=America%2FArgentina%2FUshuaia&kiosk',
  );
  expect(wholeAddress('site-1', { theme: 'light', timeZone: undefined })).toBe(
    '/grafana/d/site-1?theme=light',
  );
});
