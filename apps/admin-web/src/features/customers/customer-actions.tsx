import { Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import type { CustomerDetail, EditCustomerBody } from '#libs/contracts';
import {
  AdminButton,
  api,
  ConfirmDialog,
  Dialog,
  DialogForm,
  fieldErrors,
  useDialog,
  type DialogState,
} from '#libs/ui';
import { customerPath, customersKey } from './customers.queries.js';
import { DeleteCustomer } from './delete-customer.js';
import { nameProblem } from './register-customer.js';

export function CustomerActions({ customer }: { customer: CustomerDetail }) {
  return (
    <Group gap="xs">
      <EditName customer={customer} />
      {customer.disabledAt === null ? <Disable code={customer.code} /> : <Enable code={customer.code} />}
      <Delete code={customer.code} />
    </Group>
  );
}

function EditName({ customer }: { customer: CustomerDetail }) {
  const dialog = useDialog({
    run: (body: EditCustomerBody) => api.patch(customerPath(customer.code), body),
    refreshes: customersKey,
  });
  return (
    <>
      <AdminButton
        size="xs"
        variant="default"
        leftSection={<IconPencil size={14} aria-hidden />}
        onClick={dialog.open}
      >
        Edit name
      </AdminButton>
      <Dialog dialog={dialog} title="Edit name">
        <EditNameForm dialog={dialog} name={customer.name} />
      </Dialog>
    </>
  );
}

function EditNameForm({ dialog, name }: { dialog: DialogState<EditCustomerBody>; name: string }) {
  const form = useForm({ mode: 'uncontrolled', initialValues: { name }, validate: { name: nameProblem } });
  const submit = form.onSubmit((values) =>
    dialog.submit(values, (error) => form.setErrors(fieldErrors(error))),
  );
  return (
    <DialogForm dialog={dialog} label="Edit name" action="Save" onSubmit={submit}>
      <TextInput
        label="Name"
        autoComplete="off"
        maxLength={200}
        data-autofocus
        key={form.key('name')}
        {...form.getInputProps('name')}
      />
    </DialogForm>
  );
}

function Disable({ code }: { code: string }) {
  const dialog = useDialog({
    run: () => api.post(customerPath(code, '/disable')),
    refreshes: customersKey,
  });
  return (
    <>
      <AdminButton
        size="xs"
        variant="default"
        leftSection={<IconPlayerPause size={14} aria-hidden />}
        onClick={dialog.open}
      >
        Disable
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={`Disable ${code}?`} action="Disable">
        Admin refuses its pushes at once, with every token. Its data stays, and its portal keeps what it
        cannot send until you enable it again.
      </ConfirmDialog>
    </>
  );
}

function Enable({ code }: { code: string }) {
  const dialog = useDialog({ run: () => api.post(customerPath(code, '/enable')), refreshes: customersKey });
  return (
    <>
      <AdminButton
        size="xs"
        variant="default"
        leftSection={<IconPlayerPlay size={14} aria-hidden />}
        onClick={dialog.open}
      >
        Enable
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={`Enable ${code}?`} action="Enable">
        Admin takes its pushes again, with the tokens that are valid.
      </ConfirmDialog>
    </>
  );
}

function Delete({ code }: { code: string }) {
  const navigate = useNavigate();
  const dialog = useDialog({
    run: (confirm: string) => api.delete(customerPath(code), { query: { confirm } }),
    refreshes: [...customersKey, 'page'],
    onDone: () => void navigate('/customers'),
  });
  return (
    <>
      <AdminButton
        size="xs"
        variant="outline"
        color="red"
        leftSection={<IconTrash size={14} aria-hidden />}
        onClick={dialog.open}
      >
        Delete
      </AdminButton>
      <Dialog dialog={dialog} title={`Delete ${code}?`}>
        <DeleteCustomer dialog={dialog} code={code} />
      </Dialog>
    </>
  );
}
