import type { OperatorRole } from '#libs/contracts';

export const roleNames: Record<OperatorRole, string> = {
  operator: 'Operator (looks)',
  admin: 'Admin (changes)',
};

export const roleChoices = Object.entries(roleNames).map(([value, label]) => ({ value, label }));
