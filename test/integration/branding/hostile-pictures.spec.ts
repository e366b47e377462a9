import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxBrandingImageBytes } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { blackPng, discSvg, download, pngChunk, svg, upload } from './pictures.js';

let folder: string;
let portal: RunningApp;
let client: ApiClient;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'branding-'));
  portal = await startPortal({ environment: { BRANDING_DIR: folder } });
  client = await ApiClient.signedIn(portal.url);
});
afterAll(async () => {
  await portal.close();
  await rm(folder, { recursive: true });
});

async function expectRefused(bytes: Buffer, status: number, code: string, type?: string): Promise<void> {
  for (const what of ['logo', 'favicon'] as const) {
    const answer = await upload(client, what, bytes, type);
    expect([answer.status, answer.body]).toMatchObject([status, { code }]);
  }
  expect(await readdir(folder)).toEqual([]);
}

/** What anyone gets who opens the logo. */
async function servedLogo(bytes: Buffer, type: string): Promise<Buffer> {
  const { status, body } = await upload(client, 'logo', bytes, type);
  expect(status).toBe(200);
  const served = await download(portal.url, body.logo?.url ?? '');
  expect(served.headers.get('content-type')).toBe('image/png');
  expect(served.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await sharp(served.bytes).metadata()).format).toBe('png');
  await client.send('DELETE', '/api/branding');
  return served.bytes;
}

describe('a hostile picture', () => {
  it('with script in an SVG becomes pixels without it', async () => {
    const script = svg(
      '<script>alert(1)</script><a href="javascript:alert(2)"><rect width="9" height="9" onclick="alert(3)"/></a>',
      'width="40" height="20" onload="alert(4)"',
    );
    const bytes = await servedLogo(script, 'image/svg+xml');
    expect(bytes.toString('latin1')).not.toMatch(/script|alert|<svg/);
  });

  it('that is a web page, too, or an archive, loses it', async () => {
    const picture = await sharp(discSvg).png().toBuffer();
    const page = Buffer.from('<html><script>alert(document.cookie)</script></html>and an archive');
    const comment = pngChunk('tEXt', Buffer.from('Comment\0<?php system($_GET["c"]); ?>', 'latin1'));
    const withComment = Buffer.concat([picture.subarray(0, 33), comment, picture.subarray(33), page]);
    const bytes = await servedLogo(withComment, 'image/png');
    expect(bytes.toString('latin1')).not.toMatch(/script|php|archive/);
    const jpeg = await sharp(discSvg)
      .flatten()
      .withExif({ IFD0: { Copyright: '<?php evil' } })
      .jpeg()
      .toBuffer();
    expect(jpeg.toString('latin1')).toContain('<?php');
    expect((await servedLogo(Buffer.concat([jpeg, page]), 'image/jpeg')).toString('latin1')).not.toMatch(
      /script|php|archive/,
    );
  });

  it('of 50 megapixels is refused by its header', async () => {
    await expectRefused(blackPng(10_000, 5_000), 422, 'BRANDING_IMAGE_TOO_LARGE');
    const header = blackPng(1, 1);
    header.writeUInt32BE(60_000, 16);
    header.writeUInt32BE(60_000, 20);
    await expectRefused(header, 422, 'BRANDING_IMAGE_TOO_LARGE');
  });

  it('of more bytes than the limit is refused', async () => {
    await expectRefused(Buffer.alloc(maxBrandingImageBytes + 1), 413, 'BODY_TOO_LARGE');
    expect((await client.get('/api/session')).status).toBe(200);
  });

  it.each([
    ['a web page', Buffer.from('<!doctype html><html><body>hi</body></html>')],
    ['text', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
    ['half a PNG', blackPng(200, 200).subarray(0, 60)],
    ['a GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
    ['a compressed SVG', Buffer.from([0x1f, 0x8b, 8, 0])],
    ['a UTF-16 SVG', Buffer.from(`\ufeff${discSvg.toString()}`, 'utf16le')],
    [
      'an SVG that says it is UTF-7',
      Buffer.from(`<?xml version="1.0" encoding="UTF-7"?>${discSvg.toString()}`),
    ],
  ])('that is %s is refused', async (_, bytes) => {
    await expectRefused(bytes, 422, 'BRANDING_IMAGE_INVALID');
  });

  it('in a format that only the library knows is refused', async () => {
    const tiff = await sharp(discSvg).tiff().toBuffer();
    await expectRefused(tiff, 422, 'BRANDING_IMAGE_INVALID', 'image/png');
  });

  it.each([
    ['a file in it', svg('<image href="file:///etc/passwd" width="9" height="9"/>')],
    ['a picture in it', svg('<svg:image xlink:href="data:image/png;base64,AAAA"/>')],
    ['a filter’s picture', svg('<filter><feImage href="data:image/png;base64,AAAA"/></filter>')],
    ['a page in it', svg('<foreignObject><body/></foreignObject>')],
    [
      'an entity',
      Buffer.from(
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&x;</text></svg>',
      ),
    ],
  ])('that is an SVG with %s is refused', async (_, bytes) => {
    await expectRefused(bytes, 422, 'BRANDING_IMAGE_INVALID', 'image/svg+xml');
  });

  it('makes the portal fetch nothing', async () => {
    const asked: string[] = [];
    const server: Server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const trap = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    await servedLogo(
      svg(
        `<style>@import url(${trap}/a.css); rect { fill: url(${trap}/b.svg#g) }</style><use href="${trap}/c.svg#x"/><rect width="9" height="9"/>`,
      ),
      'image/svg+xml',
    );
    server.close();
    expect(asked).toEqual([]);
  });

  it('that was not sent as a picture is refused with the types that are taken', async () => {
    const json = await client.send('PUT', '/api/branding/logo', {
      headers: { 'content-type': 'application/json' },
      body: '{"path": "/etc/passwd"}',
    });
    expect([json.status, json.body.code]).toEqual([422, 'BRANDING_IMAGE_INVALID']);
    expect(json.body.detail).toContain('image/svg+xml');
    const html = await client.send('PUT', '/api/branding/logo', {
      headers: { 'content-type': 'text/html' },
      body: '<html>',
    });
    expect([html.status, html.body.code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });
});

describe('a path in place of a file name', () => {
  it.each([
    '/api/branding/logo/..%2f..%2f..%2fetc%2fpasswd',
    '/api/branding/logo%2f..%2f..%2fetc%2fpasswd',
    '/api/branding/..%2f..%2fpackage.json',
    '/..%2f..%2f..%2fpackage.json',
    '/assets/..%2f..%2f..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/..%5c..%5cpackage.json',
  ])('leads nowhere: %s', async (address) => {
    const { status, bytes } = await download(portal.url, address);
    expect([400, 403, 404]).toContain(status);
    expect(bytes.toString()).not.toMatch(/root:|"wattfleet"/);
  });

  it('in a version asks for nothing but the newest picture', async () => {
    await upload(client, 'logo', discSvg);
    const newest = await download(portal.url, '/api/branding/logo');
    const { status, bytes } = await download(portal.url, '/api/branding/logo?v=../../../etc/passwd');
    expect(status).toBe(200);
    expect(bytes.equals(newest.bytes)).toBe(true);
    await client.send('DELETE', '/api/branding');
  });

  it('in the headers of an upload names no file', async () => {
    const { status } = await client.send('PUT', '/api/branding/logo', {
      headers: {
        'content-type': 'image/svg+xml; name="../../evil.svg"',
        'content-disposition': 'attachment; filename="../../../../tmp/evil.svg"',
      },
      body: new Uint8Array(discSvg),
    });
    expect(status).toBe(200);
    expect(
      (await readdir(folder)).filter((name) => !/^(logo|favicon)-[0-9a-f-]{36}(-\d+)?\.png$/.test(name)),
    ).toEqual([]);
    await client.send('DELETE', '/api/branding');
  });
});
