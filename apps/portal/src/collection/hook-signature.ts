import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** How far the clock of the sender may be off, and how long a signature that somebody has overheard is of use. */
const toleranceSeconds = 300;

/** What a hook carries to show where it comes from. */
export interface HookHeaders {
  authorization: string | undefined;
  /** `t=<seconds since 1970>,v1=<HMAC-SHA256 of "<t>.<body>", hexadecimal>` */
  signature: string | undefined;
}

/**
 * Whether a hook comes from somebody who knows the secret: it is signed with it, or, as SFTPGo can send nothing but fixed headers,
 * carries it as bearer token.
 */
export function isGenuine(headers: HookHeaders, body: Buffer, secret: string, now: Date): boolean {
  if (headers.signature !== undefined) return isSigned(headers.signature, body, secret, now);
  const [, token] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
  return token !== undefined && isEqual(token, secret);
}

function isSigned(signature: string, body: Buffer, secret: string, now: Date): boolean {
  const [, seconds, given] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  if (seconds === undefined || given === undefined) return false;
  const ageSeconds = Math.abs(now.getTime() / 1_000 - Number(seconds));
  const expected = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex');
  return isEqual(given, expected) && ageSeconds <= toleranceSeconds;
}

/** In a time that says nothing of either. */
function isEqual(one: string, other: string): boolean {
  return timingSafeEqual(digestOf(one), digestOf(other));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
