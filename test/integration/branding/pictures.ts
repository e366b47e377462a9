import { crc32, deflateSync } from 'node:zlib';
import type { Branding } from '#libs/contracts';
import type { Answer, ApiClient } from '../api-client.js';

/** A black PNG of one bit a pixel, which is small whatever its size is. */
export function blackPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0], 8);
  const rows = Buffer.alloc((1 + Math.ceil(width / 8)) * height);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export function pngChunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A red disc on a transparent ground, twice as wide as high. */
export const discSvg = svg('<circle cx="20" cy="10" r="10" fill="#c00000"/>');

export function svg(inside: string, attributes = 'width="40" height="20"'): Buffer {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`);
}

export function upload(
  client: ApiClient,
  what: 'logo' | 'favicon',
  bytes: Buffer,
  type = 'image/png',
): Promise<Answer<Branding>> {
  return client.send<Branding>('PUT', `/api/branding/${what}`, {
    headers: { 'content-type': type },
    body: new Uint8Array(bytes),
  });
}

/** Bytes and headers, as a browser's <img> gets them. */
export async function download(url: string, address: string, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(address, url), { headers });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}
