import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useSession } from '#libs/ui';

interface Props {
  label: string;
  items: readonly { label: string; onClick: () => void; danger?: boolean }[];
}

/** What editors can do with one of many things. Who may only look sees the things without it: it is on every row. */
export function ActionsMenu({ label, items }: Props) {
  const role = useSession().session?.account.role;
  if (role !== 'admin' && role !== 'editor') return null;
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" c="dimmed" size="sm" aria-label={label} title={label}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ label: text, onClick, danger }) => (
          <Menu.Item key={text} onClick={onClick} {...(danger === true && { c: 'var(--bad)' })}>
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
