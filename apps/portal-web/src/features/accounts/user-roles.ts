import type { UserAccount, UserRole } from '#libs/contracts';
import type { StatusTone, Translate, WordKey } from '#libs/ui';
import type { accountWords } from './words.js';

type Key = WordKey<typeof accountWords>;

export const roleNames = {
  viewer: 'roleViewer',
  editor: 'roleEditor',
  admin: 'roleAdmin',
} satisfies Record<UserRole, Key>;

const roleMeanings = {
  viewer: 'viewerMay',
  editor: 'editorMay',
  admin: 'adminMay',
} satisfies Record<UserRole, Key>;

const roles: readonly UserRole[] = ['viewer', 'editor', 'admin'];

export function roleChoices(t: Translate<typeof accountWords>): { value: UserRole; label: string }[] {
  return roles.map((role) => ({ value: role, label: `${t(roleNames[role])} – ${t(roleMeanings[role])}` }));
}

/** What a user's account is up to; disabled counts first. */
export function accountState(user: UserAccount): { tone: StatusTone; word: Key } {
  if (user.disabledAt !== null) return { tone: 'neutral', word: 'stateDisabled' };
  if (user.mustChangePassword) return { tone: 'warning', word: 'stateTemporary' };
  return { tone: 'good', word: 'stateEnabled' };
}

/** Whether without this user there would be no admin who can sign in. */
export function isLastAdmin(user: UserAccount, users: readonly UserAccount[]): boolean {
  const admins = users.filter(({ role, disabledAt }) => role === 'admin' && disabledAt === null);
  return admins.length === 1 && admins[0]?.id === user.id;
}
