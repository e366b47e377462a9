import { Stack, Text } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  Icon: TablerIcon;
  title: string;
  /** What would fill the place, and how. */
  children?: ReactNode;
}

/** Stands where rows or a chart would be; says why there are none. */
export function EmptyState({ Icon, title, children }: Props) {
  return (
    <Stack align="center" gap={6} py="xl" px="md" ta="center">
      <Icon size={32} stroke={1.3} color="var(--mantine-color-dimmed)" aria-hidden />
      <Text fw={600}>{title}</Text>
      <Text size="sm" c="dimmed" maw={460} component="div">
        {children}
      </Text>
    </Stack>
  );
}
