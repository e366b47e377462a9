import type { ComponentProps } from 'react';
import { AdminButton } from '#libs/ui';

/** Who may change sites. */
export const siteEditors = ['admin', 'editor'] as const;

/** A button for who may change sites. */
export function EditorButton(props: Omit<ComponentProps<typeof AdminButton>, 'roles'>) {
  return <AdminButton roles={siteEditors} {...props} />;
}
