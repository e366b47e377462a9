/** Without what is mistaken for something else when it is read out or typed: 0 O, 1 l I. */
const letters = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const groups = 4;
const groupLength = 4;

/**
 * A password that nobody guesses and everybody can type: `kT4m-9wXq-Rb7c-Hn3e`, 93 bits.
 * @param random gives so many random bytes
 */
export function suggestPassword(random: (count: number) => Uint8Array = randomBytes): string {
  const picked: string[] = [];
  // Bytes beyond the last whole multiple would make the first letters likelier than the others.
  const limit = 256 - (256 % letters.length);
  while (picked.length < groups * groupLength) {
    for (const byte of random(groups * groupLength)) {
      if (byte < limit) picked.push(letters.charAt(byte % letters.length));
    }
  }
  return Array.from({ length: groups }, (_, group) =>
    picked.slice(group * groupLength, (group + 1) * groupLength).join(''),
  ).join('-');
}

function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}
