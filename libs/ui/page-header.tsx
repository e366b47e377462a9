import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePageTitle } from './application.js';

interface Props {
  title: string;
  /** Above the title: the way back up. */
  parent?: ReactNode;
  description?: ReactNode;
  /** Buttons of the page. */
  children?: ReactNode;
}

/** The page's heading; names the browser tab too. */
export function PageHeader({ title, parent, description, children }: Props) {
  usePageTitle(title);
  return (
    <Group component="header" justify="space-between" align="flex-end" gap="sm" mb="md">
      <div>
        {parent !== undefined && (
          <Text size="sm" component="div">
            {parent}
          </Text>
        )}
        <Title order={1}>{title}</Title>
        {description !== undefined && (
          <Text size="sm" c="dimmed" component="div">
            {description}
          </Text>
        )}
      </div>
      {children}
    </Group>
  );
}
