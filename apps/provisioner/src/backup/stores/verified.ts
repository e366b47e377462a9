import { z } from 'zod';

const schema = z.object({ verifiedAt: z.iso.datetime() });

/** Text of `verified.json`. */
export function verifiedText(at: string): string {
  return `${JSON.stringify({ verifiedAt: at })}\n`;
}

/** @returns undefined for what is not such a text */
export function readVerified(text: string): string | undefined {
  try {
    return schema.parse(JSON.parse(text)).verifiedAt;
  } catch {
    return undefined;
  }
}
