import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CurrentSession } from '#libs/contracts';
import { useSession } from './session.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

type Role = CurrentSession['account']['role'];

/** Whether who is signed in has one of the roles; the server asks again. */
function useHasRole(roles: readonly Role[]): boolean {
  const role = useSession().session?.account.role;
  return role !== undefined && roles.includes(role);
}

interface Props extends ButtonProps {
  onClick: () => void;
  /** Why nobody can press it right now. */
  refused?: string | undefined;
  children: ReactNode;
  'aria-label'?: string;
}

/** A button for admins. Who cannot press it still sees it, and is told why on hover and focus. */
export function AdminButton(props: Props) {
  return <RoleButton roles={['admin']} {...props} />;
}

/** The same for admins and editors. */
export function EditorButton(props: Props) {
  return <RoleButton roles={['admin', 'editor']} {...props} />;
}

function RoleButton({ roles, onClick, refused, children, ...props }: Props & { roles: readonly Role[] }) {
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
