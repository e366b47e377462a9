import { describe, expect, it } from 'vitest';
import { setImages } from './set-images.js';

const text = `# Ours since 2026.
code: ABC0001
host: abc0001.portal.example.com
adminEmail: ops@example.com # the desk
images:
  # Held back until the meters are changed.
  portal: wattfleet:1.2.3
  grafana: "grafana/grafana:11.4.0"
labels: { region: north }
`;

describe('setImages', () => {
  it('changes the images alone: comments, quotes and order stay', () => {
    expect(setImages(text, { portal: 'wattfleet:1.2.4' })).toBe(text.replace('1.2.3', '1.2.4'));
  });

  it('adds one that was not named', () => {
    const changed = setImages(text, { timescaledb: 'timescale/timescaledb:2.23.0-pg17' });
    expect(changed).toContain('  timescaledb: timescale/timescaledb:2.23.0-pg17\n');
    const bare = text.replace(/images:[^]*?(?=labels)/, '');
    expect(setImages(bare, { portal: 'wattfleet:2.0.0' })).toContain('images:\n  portal: wattfleet:2.0.0\n');
  });

  it.each(['wattfleet', 'wattfleet:latest', 'no image'])('refuses what is not pinned: %s', (portal) => {
    expect(() => setImages(text, { portal })).toThrow('images.portal');
  });
});
