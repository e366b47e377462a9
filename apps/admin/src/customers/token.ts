import { createSecretToken, secretTokenKind } from '#libs/nest-kit';

const kind = /^wf_[a-z][a-z0-9-]{1,30}$/;

/** `wf_<customer>_<32 random bytes, base62>_<crc>`. */
export function createToken(customerCode: string): string {
  return createSecretToken(`wf_${customerCode.toLowerCase()}`);
}

/** False for what cannot be a push token at all, so that it costs no look-up. */
export function isTokenShaped(token: string): boolean {
  return kind.test(secretTokenKind(token) ?? '');
}

export { hashSecretToken as hashToken, secretTokenPrefix as tokenPrefix } from '#libs/nest-kit';
