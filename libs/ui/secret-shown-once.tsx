import { Button, Checkbox, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

interface Props {
  /** Null while there is none to show. */
  secret: string | null;
  title: string;
  /** What the secret is called. */
  label: string;
  /** What it is for, and that it is shown only now. */
  children: ReactNode;
  onStored: () => void;
}

/** The one time a secret is on screen: it can be copied, and leaves only once somebody says it is stored. */
export function SecretShownOnce({ title, ...props }: Props) {
  return (
    <Modal
      opened={props.secret !== null}
      onClose={props.onStored}
      size={560}
      title={title}
      // Neither a stray click nor a stray key may lose the secret.
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      {props.secret !== null && <Shown {...props} secret={props.secret} />}
    </Modal>
  );
}

function Shown({ secret, label, children, onStored }: Omit<Props, 'title'> & { secret: string }) {
  const t = useWords(uiWords);
  const [stored, setStored] = useState(false);
  return (
    <Stack gap="sm">
      <Text size="sm" component="div">
        {children}
      </Text>
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
              <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
            </Button>
          )}
        </CopyButton>
      </Group>
      <Checkbox
        label={t('haveStored')}
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
