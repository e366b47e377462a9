import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CustomerWithToken, RegisterCustomerBody } from '#libs/contracts';
import { api, ErrorState, fieldErrors } from '#libs/ui';
import { customersKey } from './customers.queries.js';
import { TokenShownOnce } from './token-shown-once.js';

/** Button and dialog: code and name first, then the token, which is never shown again. */
export function RegisterCustomer() {
  const [opened, { open, close }] = useDisclosure();
  const client = useQueryClient();
  const register = useMutation({
    mutationFn: (body: RegisterCustomerBody) => api.post<CustomerWithToken>('/api/customers', body),
    onSuccess: () => client.invalidateQueries({ queryKey: customersKey }),
  });
  const finish = () => {
    close();
    register.reset();
  };
  const token = register.data?.token;
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
        Register customer
      </Button>
      <Modal
        opened={opened}
        onClose={finish}
        size={560}
        title={token === undefined ? 'Register customer' : 'Store the push token'}
        // A stray click must not lose the token.
        closeOnClickOutside={token === undefined}
        closeOnEscape={token === undefined}
        withCloseButton={token === undefined}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {register.data === undefined ? (
          <RegisterForm
            pending={register.isPending}
            error={register.error}
            onSubmit={register.mutateAsync}
            onCancel={finish}
          />
        ) : (
          <TokenShownOnce code={register.data.customer.code} token={register.data.token} onStored={finish} />
        )}
      </Modal>
    </>
  );
}

interface FormProps {
  pending: boolean;
  error: Error | null;
  onSubmit: (body: RegisterCustomerBody) => Promise<unknown>;
  onCancel: () => void;
}

function RegisterForm({ pending, error, onSubmit, onCancel }: FormProps) {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { code: '', name: '' },
    validate: {
      // As `customerCode` in the contracts, which would bring all of zod along.
      code: (value) =>
        /^[A-Z][A-Z0-9-]{1,30}$/.test(value)
          ? null
          : 'Use 2 to 31 capital letters, digits or dashes, beginning with a letter',
      name: (value) => (value.trim() === '' ? 'Enter the name' : null),
    },
  });
  const submit = form.onSubmit((values) => {
    onSubmit(values).catch((failure: Error) => form.setErrors(fieldErrors(failure)));
  });
  return (
    <form onSubmit={submit} noValidate aria-label="Register customer">
      <Stack gap="sm">
        {error !== null && <ErrorState error={error} />}
        <TextInput
          label="Code"
          description="As in tenant.yaml, for example ABC0001"
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          key={form.key('code')}
          {...form.getInputProps('code')}
        />
        <TextInput label="Name" autoComplete="off" key={form.key('name')} {...form.getInputProps('name')} />
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Register
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
