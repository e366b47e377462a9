import { describe, expect, it } from 'vitest';
import { reasonAgainst } from './common-password.js';

describe('reasonAgainst', () => {
  it.each([
    'password1234',
    'P@ssw0rd2026!',
    'PASSWORDPASSWORD',
    'passwort-sommer-2026',
    'Motdepasse123456',
    'qwertyuiop[]',
    'azertyuiop123',
    'iloveyou1234',
    '1loveY0u!!!!!',
    'Welcome2026!!',
    'letmein now 1',
    'admin-admin-1',
    'correct horse battery staple',
    'Dragon Monkey 99',
    'Ich-liebe-dich-2',
    'Août2026Juin2026',
    'abcdefghijklmnop',
    'klmnopqrstuvw',
  ])('finds common words in %s', (password) => {
    expect(reasonAgainst(password)).toMatch(/guessers try first/);
  });

  it.each(['123456789012', '098765432109', '2345678901234'])('finds the row of digits in %s', (password) => {
    expect(reasonAgainst(password)).not.toBeNull();
  });

  it.each(['aaaaaaaaaaaa', 'ababababababab', 'abc1abc1abc1abc1', '111111111112', 'xyzxyzxyzxyzx'])(
    'finds the repetition in %s',
    (password) => {
      expect(reasonAgainst(password)).toBe('repeats too few characters');
    },
  );

  it('finds what is known of the account', () => {
    const known = ['anna.schmidt@acme-corp.example', 'Acme Power Monitoring'];
    for (const password of [
      'anna.schmidt2026',
      'Schmidt-Acme-1',
      'AcmePower2026!',
      'anna.schmidt@acme-corp.example',
    ]) {
      expect(reasonAgainst(password, known), password).not.toBeNull();
    }
    expect(reasonAgainst('Schmidt-lifts-41-anvils', known)).toBeNull();
  });

  it.each([
    'Tr0ub4dor-and-three',
    'kT4m-9wXq-Rb7c-Hn3e',
    'zKf93-mQ1x_Lp',
    'plinth gravel otter nine',
    'the walrus hums at dusk',
    'A-new-0ne-for-the-test',
    '93027461850273',
    'пароль из восьми слов',
    '电表电表三号电表二号表',
  ])('has nothing against %s', (password) => {
    expect(reasonAgainst(password)).toBeNull();
  });
});
