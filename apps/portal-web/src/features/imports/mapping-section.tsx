import { Group, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of the form, with its fields side by side where there is room. */
export function MappingSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack component="section" gap="xs" aria-label={title}>
      <Title order={3}>{title}</Title>
      <Group gap="sm" align="flex-start">
        {children}
      </Group>
    </Stack>
  );
}
