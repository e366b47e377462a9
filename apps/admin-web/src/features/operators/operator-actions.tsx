import { PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { OperatorAccount, ResetPasswordBody } from '#libs/contracts';
import {
  AdminButton,
  api,
  ConfirmDialog,
  Dialog,
  DialogForm,
  fieldErrors,
  minPasswordLength,
  passwordProblem,
  useDialog,
  type DialogState,
} from '#libs/ui';
import { operatorPath, operatorsKey } from './operators.queries.js';

interface Props {
  operator: OperatorAccount;
}

interface LastAdminProps extends Props {
  /** Without it nobody could change anything any more. */
  lastAdmin: boolean;
}

const lastAdminStays = 'The last admin stays one';
const small = { variant: 'default', size: 'compact-xs' } as const;

export function ChangeRole({ operator, lastAdmin }: LastAdminProps) {
  const role = operator.role === 'admin' ? 'operator' : 'admin';
  const dialog = useDialog({
    run: () => api.patch(operatorPath(operator.id), { role }),
    refreshes: operatorsKey,
  });
  const label = `Make ${role}`;
  return (
    <>
      <AdminButton
        {...small}
        aria-label={`${label}: ${operator.email}`}
        refused={lastAdmin ? lastAdminStays : undefined}
        onClick={dialog.open}
      >
        {label}
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={`Make ${operator.email} an ${role}?`} action={label}>
        {role === 'admin'
          ? 'An admin may change everything: customers, tokens, alerts and operators.'
          : 'An operator sees everything and changes nothing.'}
      </ConfirmDialog>
    </>
  );
}

export function RemoveOperator({ operator, lastAdmin }: LastAdminProps) {
  const dialog = useDialog({
    run: () => api.delete(operatorPath(operator.id)),
    refreshes: operatorsKey,
  });
  return (
    <>
      <AdminButton
        {...small}
        aria-label={`Remove ${operator.email}`}
        refused={lastAdmin ? lastAdminStays : undefined}
        onClick={dialog.open}
      >
        Remove
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={`Remove ${operator.email}?`} action="Remove" danger>
        Their sessions end at once. What they did stays in the audit log.
      </ConfirmDialog>
    </>
  );
}

export function ResetPassword({ operator }: Props) {
  const dialog = useDialog({
    run: (body: ResetPasswordBody) => api.put(operatorPath(operator.id, '/password'), body),
    refreshes: operatorsKey,
  });
  return (
    <>
      <AdminButton {...small} aria-label={`Set password of ${operator.email}`} onClick={dialog.open}>
        Set password
      </AdminButton>
      <Dialog dialog={dialog} title={`Set the password of ${operator.email}`}>
        <ResetForm dialog={dialog} />
      </Dialog>
    </>
  );
}

function ResetForm({ dialog }: { dialog: DialogState<ResetPasswordBody> }) {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: { password: passwordProblem },
  });
  const submit = form.onSubmit((values) =>
    dialog.submit(values, (error) => form.setErrors(fieldErrors(error))),
  );
  return (
    <DialogForm dialog={dialog} label="Set password" action="Set password" onSubmit={submit}>
      <PasswordInput
        label="New password"
        description={`At least ${String(minPasswordLength)} characters. Their sessions end at once.`}
        autoComplete="new-password"
        data-autofocus
        visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed', tabIndex: 0 }}
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
    </DialogForm>
  );
}
