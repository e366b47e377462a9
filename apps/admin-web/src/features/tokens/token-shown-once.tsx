import { Button, Checkbox, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';

interface Props {
  /** Null while there is none to show. */
  token: string | null;
  /** Whose it is. */
  code: string;
  onStored: () => void;
}

/** The one time a token is on screen: it can be copied, and leaves only once somebody says it is stored. */
export function TokenShownOnce({ token, code, onStored }: Props) {
  return (
    <Modal
      opened={token !== null}
      onClose={onStored}
      size={560}
      title="Store the push token"
      // Neither a stray click nor a stray key may lose the token.
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      {token !== null && <TokenForm token={token} code={code} onStored={onStored} />}
    </Modal>
  );
}

function TokenForm({ token, code, onStored }: Props & { token: string }) {
  const [stored, setStored] = useState(false);
  return (
    <Stack gap="sm">
      <Text size="sm">
        The portal of {code} pushes with this token. It is shown only now: store it before you close this.
      </Text>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          label="Push token"
          value={token}
          readOnly
          flex={1}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.75rem' } }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={token} timeout={3_000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              data-autofocus
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
            </Button>
          )}
        </CopyButton>
      </Group>
      <Checkbox
        label="I have stored it"
        checked={stored}
        onChange={(event) => setStored(event.currentTarget.checked)}
        mt="xs"
      />
      <Group justify="flex-end">
        <Button disabled={!stored} onClick={onStored}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}
