import { Button, Checkbox, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

interface Props {
  /** Null while there is none to show. */
  secret: string | null;
  /** Of the dialog: `Store the token`. */
  title: string;
  /** What the secret is: `Push token`. */
  label: string;
  onStored: () => void;
  /** What it is for. */
  children: ReactNode;
}

/** The one time a secret is on screen: it can be copied, and leaves only once somebody says it is stored. */
export function SecretShownOnce({ secret, title, onStored, ...rest }: Props) {
  return (
    <Modal
      opened={secret !== null}
      onClose={onStored}
      size={560}
      title={title}
      // Neither a stray click nor a stray key may lose the secret.
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      {secret !== null && <SecretForm secret={secret} onStored={onStored} {...rest} />}
    </Modal>
  );
}

function SecretForm({ secret, label, onStored, children }: Omit<Props, 'title'> & { secret: string }) {
  const t = useWords(uiWords);
  const [stored, setStored] = useState(false);
  return (
    <Stack gap="sm">
      <Text size="sm">{children}</Text>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          label={label}
          value={secret}
          readOnly
          flex={1}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.75rem' } }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={secret} timeout={3_000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              data-autofocus
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              <span aria-live="polite">{t(copied ? 'copied' : 'copy')}</span>
            </Button>
          )}
        </CopyButton>
      </Group>
      <Checkbox
        label={t('storedIt')}
        checked={stored}
        onChange={(event) => setStored(event.currentTarget.checked)}
        mt="xs"
      />
      <Group justify="flex-end">
        <Button disabled={!stored} onClick={onStored}>
          {t('close')}
        </Button>
      </Group>
    </Stack>
  );
}
