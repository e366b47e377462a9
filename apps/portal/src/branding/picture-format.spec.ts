import { describe, expect, it } from 'vitest';
import { pictureFormat } from './picture-format.js';

const svg = (text: string) => Buffer.from(text);

describe('pictureFormat', () => {
  it.each([
    ['png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])],
    ['jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['webp', Buffer.from('RIFF\0\0\0\0WEBPVP8 ')],
    ['svg', svg('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['svg', svg('\ufeff\n<?xml version="1.0" encoding="utf-8"?><svg/>')],
    ['svg', svg('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg><imagery/></svg>')],
  ])('knows %s by its bytes', (format, bytes) => {
    expect(pictureFormat(bytes)).toBe(format);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a GIF', Buffer.from('GIF89a')],
    ['Latin-1', Buffer.from('<svg><text>Stra\xdfe</text></svg>', 'latin1')],
    ['an entity', svg('<!DOCTYPE svg [ <!entity x "y"> ]><svg/>')],
    ['a picture', svg('<svg><IMAGE\nhref="x"/></svg>')],
    ['a picture by another prefix', svg('<s:svg><s:image/></s:svg>')],
  ])('refuses %s', (_, bytes) => {
    expect(() => pictureFormat(bytes)).toThrow(expect.objectContaining({ code: 'BRANDING_IMAGE_INVALID' }));
  });
});
