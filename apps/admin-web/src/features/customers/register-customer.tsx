import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { CustomerWithToken, RegisterCustomerBody } from '#libs/contracts';
import { AdminButton, api, Dialog, DialogForm, fieldErrors, useDialog, type DialogState } from '#libs/ui';
import { TokenShownOnce } from '../tokens/token-shown-once.js';
import { customersKey } from './customers.queries.js';

/** Button and dialogs: code and name first, then the token, then the customer's page, which waits for the first push. */
export function RegisterCustomer() {
  const navigate = useNavigate();
  const [registered, setRegistered] = useState<CustomerWithToken | null>(null);
  const dialog = useDialog({
    run: (body: RegisterCustomerBody) => api.post<CustomerWithToken>('/api/customers', body),
    refreshes: customersKey,
    onDone: setRegistered,
  });
  const code = registered?.customer.code ?? '';
  return (
    <>
      <AdminButton leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
        Register customer
      </AdminButton>
      <Dialog dialog={dialog} title="Register customer">
        <RegisterForm dialog={dialog} />
      </Dialog>
      <TokenShownOnce
        code={code}
        token={registered?.token ?? null}
        onStored={() => {
          setRegistered(null);
          void navigate(`/customers/${encodeURIComponent(code)}`);
        }}
      />
    </>
  );
}

function RegisterForm({ dialog }: { dialog: DialogState<RegisterCustomerBody> }) {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { code: '', name: '' },
    validate: {
      // As `customerCode` in the contracts, which would bring all of zod along.
      code: (value) =>
        /^[A-Z][A-Z0-9-]{1,30}$/.test(value)
          ? null
          : 'Use 2 to 31 capital letters, digits or dashes, beginning with a letter',
      name: nameProblem,
    },
  });
  const submit = form.onSubmit((values) =>
    dialog.submit(values, (error) => form.setErrors(fieldErrors(error))),
  );
  return (
    <DialogForm dialog={dialog} label="Register customer" action="Register" onSubmit={submit}>
      <TextInput
        label="Code"
        description="As in tenant.yaml, for example ABC0001"
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        key={form.key('code')}
        {...form.getInputProps('code')}
      />
      <TextInput
        label="Name"
        autoComplete="off"
        maxLength={200}
        key={form.key('name')}
        {...form.getInputProps('name')}
      />
    </DialogForm>
  );
}

/** What a form says about a customer's name; null when it will do. */
export function nameProblem(name: string): string | null {
  return name.trim() === '' ? 'Enter the name' : null;
}
