import type { ComponentProps } from 'react';
import { AdminButton } from '#libs/ui';

const editors = ['admin', 'editor'] as const;

/** A button for who may change sites. */
export function EditorButton(props: Omit<ComponentProps<typeof AdminButton>, 'roles'>) {
  return <AdminButton roles={editors} {...props} />;
}
