import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Branding, PortalAuditPage } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { blackPng, discSvg, download, svg, upload } from './pictures.js';

let parent: string;
let folder: string;
let portal: RunningApp;
let client: ApiClient;

beforeAll(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'branding-'));
  folder = path.join(parent, 'volume');
  await mkdir(folder);
  portal = await startPortal({ environment: { BRANDING_DIR: folder } });
  client = await ApiClient.signedIn(portal.url);
});
afterAll(async () => {
  await portal.close();
  await rm(parent, { recursive: true });
});
afterEach(async () => {
  await client.send('DELETE', '/api/branding');
});

async function summaries(): Promise<string[]> {
  const { body } = await client.get<PortalAuditPage>('/api/audit?action=branding.changed');
  return body.events.map(({ summary }) => summary);
}

const ready = async () => {
  const { status, body } = await client.get<{ status: string; details: Record<string, unknown> }>(
    '/health/ready',
  );
  return { status, overall: body.status, branding: body.details['branding'] };
};

describe('a logo', () => {
  it.each([
    ['PNG', 'image/png', () => sharp(discSvg).png().toBuffer()],
    ['JPEG', 'image/jpeg', () => sharp(discSvg).flatten({ background: '#ffffff' }).jpeg().toBuffer()],
    ['WebP', 'image/webp', () => sharp(discSvg).webp().toBuffer()],
    ['SVG', 'image/svg+xml', () => Promise.resolve(discSvg)],
    // The type is a browser's guess from the file's name.
    ['PNG that is called a JPEG', 'image/jpeg', () => sharp(discSvg).png().toBuffer()],
  ])('is taken as %s and kept as PNG', async (_, type, make) => {
    const { status, body } = await upload(client, 'logo', await make(), type);
    expect(status).toBe(200);
    const { logo } = body;
    const { bytes, headers } = await download(portal.url, logo?.url ?? '');
    expect(headers.get('content-type')).toBe('image/png');
    const { format, width, height } = await sharp(bytes).metadata();
    expect({ format, width, height }).toEqual({ format: 'png', width: logo?.width, height: logo?.height });
    expect((width ?? 0) / (height ?? 1)).toBeCloseTo(2, 1);
  });

  it('is drawn large from a vector, and made to fit from pixels', async () => {
    expect((await upload(client, 'logo', discSvg)).body.logo).toMatchObject({ width: 768, height: 384 });
    const wide = await upload(client, 'logo', blackPng(4_000, 400));
    expect(wide.body.logo).toMatchObject({ width: 960, height: 96, ink: null });
    expect((await upload(client, 'logo', blackPng(120, 40))).body.logo).toMatchObject({
      width: 120,
      height: 40,
    });
  });

  it('tells the colour of what is seen on a transparent ground', async () => {
    const red = expect.stringMatching(/^#[bc][0-9a-f]0[0-9a-f]0[0-9a-f]$/) as string;
    expect((await upload(client, 'logo', discSvg)).body.logo?.ink).toEqual({ dark: red, light: red });
    const ground = '<rect width="40" height="20" fill="#ffffff"/><circle cx="20" cy="10" r="9"/>';
    expect((await upload(client, 'logo', svg(ground))).body.logo?.ink).toBeNull();
  });

  it('may be kept for ever under its version, is asked for anew without, and is nothing but a picture', async () => {
    const { body } = await upload(client, 'logo', discSvg);
    const address = body.logo?.url ?? '';
    const kept = await download(portal.url, address);
    expect(kept.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(kept.headers.get('x-content-type-options')).toBe('nosniff');
    expect(kept.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    const newest = await download(portal.url, '/api/branding/logo');
    expect(newest.headers.get('cache-control')).toBe('no-cache');
    const tag = newest.headers.get('etag') ?? '';
    const again = await download(portal.url, '/api/branding/logo', { 'if-none-match': `"other", ${tag}` });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    const changed = await upload(client, 'logo', blackPng(30, 30));
    expect(changed.body.logo?.url).not.toBe(address);
    const other = await download(portal.url, '/api/branding/logo', { 'if-none-match': tag });
    expect(other.status).toBe(200);
    expect((await download(portal.url, address)).headers.get('cache-control')).toBe('no-cache');
  });

  it('takes the files of the one before with it, and is gone when it is removed', async () => {
    await upload(client, 'logo', discSvg);
    await upload(client, 'logo', blackPng(30, 30));
    expect((await readdir(folder)).length).toBe(4);
    const { status, body } = await client.send<Branding>('DELETE', '/api/branding/logo');
    expect([status, body.logo]).toEqual([200, null]);
    expect(await readdir(folder)).toEqual([]);
    expect((await download(portal.url, '/api/branding/logo')).status).toBe(404);
    expect((await summaries()).slice(0, 3)).toEqual([
      'Removed the logo',
      'Uploaded a logo of 30 × 30 pixels',
      'Uploaded a logo of 768 × 384 pixels',
    ]);
  });

  it('leaves nothing behind when the database refuses it', async () => {
    await portal.dataSource.query('ALTER TABLE monitoring.branding RENAME TO branding_away');
    const { status } = await upload(client, 'logo', discSvg);
    await portal.dataSource.query('ALTER TABLE monitoring.branding_away RENAME TO branding');
    expect(status).toBe(500);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the favicon', () => {
  const sizeOf = async (address: string) => {
    const { bytes, headers } = await download(portal.url, address);
    const { width, height } = await sharp(bytes).metadata();
    return [headers.get('content-type'), width, height];
  };

  it('is the mark in the primary colour, the logo’s, or one’s own', async () => {
    const { body: plain } = await client.get<Branding>('/api/branding');
    const mark = await download(portal.url, plain.favicon.url);
    expect(mark.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(mark.headers.get('cache-control')).toContain('immutable');
    expect(mark.bytes.toString()).toContain('fill="#066079"');
    const { body: withLogo } = await upload(client, 'logo', discSvg);
    expect(withLogo.favicon.own).toBe(false);
    expect(await sizeOf(withLogo.favicon.url)).toEqual(['image/png', 32, 32]);
    expect(await sizeOf(`${withLogo.favicon.url}&size=180`)).toEqual(['image/png', 180, 180]);
    const { body: own } = await upload(client, 'favicon', blackPng(600, 600));
    expect(own.favicon).toMatchObject({ own: true });
    expect(own.logo).toEqual(withLogo.logo);
    expect(await sizeOf(`${own.favicon.url}&size=512`)).toEqual(['image/png', 512, 512]);
    const { body: back } = await client.send<Branding>('DELETE', '/api/branding/favicon');
    expect(back.favicon).toEqual(withLogo.favicon);
  });

  it('has no other sizes', async () => {
    for (const size of ['33', '0', '-1', '1e9', '32px']) {
      expect((await client.get(`/api/branding/favicon?size=${size}`)).status, size).toBe(400);
    }
  });
});

describe('the branding volume', () => {
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
  });

  it('is well', async () => {
    expect(await ready()).toEqual({ status: 200, overall: 'ok', branding: { status: 'up' } });
  });

  it('is told to be missing, while the portal goes on', async () => {
    await upload(client, 'logo', discSvg);
    await rm(folder, { recursive: true });
    expect(await ready()).toMatchObject({
      status: 200,
      overall: 'degraded',
      branding: { status: 'degraded', message: expect.stringContaining('BRANDING_DIR is missing') as string },
    });
    const refused = await client.send('PUT', '/api/branding/logo', {
      headers: { 'content-type': 'image/png' },
      body: new Uint8Array(blackPng(10, 10)),
    });
    expect([refused.status, refused.body.code]).toEqual([503, 'BRANDING_STORE_UNAVAILABLE']);
    expect((await client.get('/api/branding')).status).toBe(200);
    expect((await download(portal.url, '/api/branding/logo')).status).toBe(404);
    expect((await download(portal.url, '/api/branding/favicon')).headers.get('content-type')).toMatch(/svg/);
    await mkdir(folder);
    expect((await ready()).branding).toMatchObject({
      message: expect.stringContaining('logo is gone') as string,
    });
  });

  it('is told to be no folder', async () => {
    await rm(folder, { recursive: true });
    await writeFile(folder, '');
    expect((await ready()).branding).toMatchObject({
      status: 'degraded',
      message: 'BRANDING_DIR is no folder',
    });
  });

  it('is told to be read-only', async () => {
    await rm(folder, { recursive: true });
    if (process.getuid?.() === 0) {
      // No mode keeps root from writing; this folder does.
      await symlink('/proc/sys/kernel', folder);
    } else {
      await mkdir(folder, { mode: 0o555 });
    }
    expect((await ready()).branding).toMatchObject({
      status: 'degraded',
      message: expect.stringContaining('cannot be written') as string,
    });
    expect((await upload(client, 'logo', discSvg)).status).toBe(503);
  });
});

describe('a portal that is delivered with a logo', () => {
  it('has it from the first start on, and after a reset; a bad one is no reason not to start', async () => {
    const file = path.join(parent, 'first.svg');
    await writeFile(file, discSvg);
    const environment = { BRANDING_DIR: folder, WHITE_LABEL_LOGO_FILE: file };
    const delivered = await startPortal({ environment });
    const admin = await ApiClient.signedIn(delivered.url);
    const logoOf = async () => (await admin.get<Branding>('/api/branding')).body.logo;
    expect(await logoOf()).toMatchObject({ width: 768 });
    await admin.send('DELETE', '/api/branding/logo');
    expect(await logoOf()).toBeNull();
    await admin.send('DELETE', '/api/branding');
    expect(await logoOf()).toMatchObject({ width: 768 });
    await writeFile(file, 'no picture');
    await admin.send('DELETE', '/api/branding');
    expect(await logoOf()).toBeNull();
    await delivered.close();
  });

  it('is refused pictures where it has no folder for them', async () => {
    const bare = await startPortal();
    const admin = await ApiClient.signedIn(bare.url);
    const { status, body } = await upload(admin, 'logo', discSvg);
    expect([status, body]).toMatchObject([503, { detail: 'BRANDING_DIR is not set' }]);
    await bare.close();
  });
});
