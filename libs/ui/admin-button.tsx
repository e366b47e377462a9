import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSession } from './session.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

/** Whether who is signed in may change things; the server asks again. */
function useIsAdmin(): boolean {
  return useSession().session?.account.role === 'admin';
}

interface Props extends ButtonProps {
  onClick: () => void;
  /** Why nobody can press it right now. */
  refused?: string | undefined;
  children: ReactNode;
  'aria-label'?: string;
}

/** A button for admins. Who cannot press it still sees it, and is told why on hover and focus. */
export function AdminButton({ onClick, refused, children, ...props }: Props) {
  const t = useWords(uiWords);
  const admin = useIsAdmin();
  const reason = admin ? refused : t('mayOnlyLook');
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
