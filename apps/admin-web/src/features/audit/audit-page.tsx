import { Group, Paper, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useSearchParams } from 'react-router';
import { localTimeZone, PageHeader } from '#libs/ui';
import { auditActions, readAction } from './audit-actions.js';
import { AuditEvents } from './audit-events.js';

const actions = Object.entries(auditActions).map(([value, label]) => ({ value, label }));

export function AuditPage() {
  const [params, setParams] = useSearchParams();
  const customer = params.get('customer') ?? '';
  const account = params.get('account') ?? '';
  const action = readAction(params.get('action'));
  const set = (name: string, value: string) =>
    setParams(
      (previous) => {
        if (value === '') previous.delete(name);
        else previous.set(name, value);
        return previous;
      },
      { replace: true },
    );
  const setLater = useDebouncedCallback(set, 300);
  const field = (name: string, value: string) => ({
    defaultValue: value,
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      setLater(name, event.currentTarget.value.trim()),
    placeholder: 'All',
    size: 'xs',
    autoComplete: 'off',
    spellCheck: false,
  });
  return (
    <>
      <PageHeader
        title="Audit"
        description={`What operators did, newest first. Times in ${localTimeZone}.`}
      />
      <Paper>
        <Group gap="sm" p="sm" align="flex-end" component="search" aria-label="Filter the audit log">
          <TextInput label="Customer" w={140} maxLength={100} {...field('customer', customer)} />
          <TextInput label="Who (e-mail)" w={220} maxLength={254} {...field('account', account)} />
          <Select
            label="Action"
            data={actions}
            value={action ?? null}
            onChange={(value) => set('action', value ?? '')}
            placeholder="All"
            clearable
            clearButtonProps={{ 'aria-label': 'Every action' }}
            size="xs"
            w={200}
          />
        </Group>
        <AuditEvents filter={{ customer: customer || undefined, account: account || undefined, action }} />
      </Paper>
    </>
  );
}
