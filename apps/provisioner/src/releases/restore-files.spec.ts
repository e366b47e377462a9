import { describe, expect, it } from 'vitest';
import { withValues } from './restore-files.js';

const env = `# Secrets.
PORTAL_IMAGE=wattfleet:1
DATABASE_PASSWORD=old
SESSION_SECRET_PREVIOUS="of two
lines"
DEBUG=1
`;

describe('the .env of a rollback', () => {
  it('has the secrets of now and everything else of then', () => {
    expect(withValues(env, { DATABASE_PASSWORD: 'new $1' })).toBe(
      '# Secrets.\nPORTAL_IMAGE=wattfleet:1\nDATABASE_PASSWORD="new $$1"\nDEBUG=1\n',
    );
  });

  it('gets a secret that was not there then', () => {
    expect(withValues(env, { DATABASE_PASSWORD: 'old', FLEET_INGEST_TOKEN: 'token' })).toMatch(
      /DEBUG=1\nFLEET_INGEST_TOKEN=token\n$/,
    );
  });

  it('names an image by its id where the tag was moved', () => {
    const id = `sha256:${'0'.repeat(64)}`;
    expect(withValues(env, {}, { PORTAL_IMAGE: id })).toContain(`PORTAL_IMAGE=${id}\n`);
  });
});
