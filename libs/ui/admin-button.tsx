import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CurrentSession } from '#libs/contracts';
import { useSession } from './session.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

type Role = CurrentSession['account']['role'];

const admins: readonly Role[] = ['admin'];

/** Whether who is signed in has one of the roles; the server asks again. */
export function useHasRole(roles: readonly Role[]): boolean {
  const role = useSession().session?.account.role;
  return role !== undefined && roles.includes(role);
}

interface Props extends ButtonProps {
  onClick: () => void;
  /** Who may press it; admins alone unless given. */
  roles?: readonly Role[];
  /** Why nobody can press it right now. */
  refused?: string | undefined;
  children: ReactNode;
  'aria-label'?: string;
}

/** A button for admins, or for other roles. Who cannot press it still sees it, and is told why on hover and focus. */
export function AdminButton({ onClick, refused, roles = admins, children, ...props }: Props) {
  const t = useWords(uiWords);
  const reason = useHasRole(roles) ? refused : t('mayOnlyLook');
  if (reason === undefined) {
    return (
      <Button onClick={onClick} {...props}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip label={reason} events={{ hover: true, focus: true, touch: true }}>
      <Button {...props} data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  );
}
