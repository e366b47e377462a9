import { Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useWords } from '#libs/ui';
import { editorWords } from './words.js';

export function AddItem({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button
      variant="default"
      size="compact-sm"
      style={{ alignSelf: 'flex-start' }}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

export function RemoveItem({ name, onClick }: { name: string; onClick: () => void }) {
  const t = useWords(editorWords);
  return (
    <Button
      variant="default"
      size="sm"
      px="xs"
      aria-label={t('removeNamed', { name })}
      title={t('removeNamed', { name })}
      onClick={onClick}
    >
      <IconTrash size={16} aria-hidden />
    </Button>
  );
}
