import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { scramVerifier } from './scram-verifier.js';

/** The exchange of RFC 7677, section 3. */
const exchange = {
  password: 'pencil',
  salt: Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'),
  messages: [
    'n=user,r=rOprNGfwEbeRWgbNEkqO',
    'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0',
  ].join(','),
  clientProof: 'dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  serverSignature: '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
};

const signed = (key: Buffer) => createHmac('sha256', key).update(exchange.messages).digest();

describe('scramVerifier', () => {
  it('gives the keys with which a server takes part in the exchange of RFC 7677', async () => {
    const verifier = await scramVerifier(exchange.password, exchange.salt);
    const parts = /^SCRAM-SHA-256\$4096:(.+)\$(.+):(.+)$/.exec(verifier) ?? [];
    const [salt, storedKey, serverKey] = parts.slice(1).map((part) => Buffer.from(part, 'base64'));
    if (salt === undefined || storedKey === undefined || serverKey === undefined) throw new Error(verifier);
    expect(salt.equals(exchange.salt)).toBe(true);
    expect(signed(serverKey).toString('base64')).toBe(exchange.serverSignature);
    const proof = Buffer.from(exchange.clientProof, 'base64');
    const clientKey = proof.map((byte, index) => byte ^ (signed(storedKey)[index] ?? 0));
    expect(createHash('sha256').update(clientKey).digest().equals(storedKey)).toBe(true);
  });

  it('is another one every time', async () => {
    expect(await scramVerifier('pencil')).not.toBe(await scramVerifier('pencil'));
  });

  it('refuses characters that SASLprep might change', async () => {
    await expect(scramVerifier('pässword')).rejects.toThrow(RangeError);
  });
});
