import { Checkbox, NumberInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { AlertRule, EditAlertRuleBody } from '#libs/contracts';
import {
  AdminButton,
  api,
  DataTable,
  Dialog,
  DialogForm,
  fieldErrors,
  formatCount,
  LoadingState,
  missing,
  QueryContent,
  StatusBadge,
  useDialog,
  type Column,
  type DialogState,
} from '#libs/ui';
import { alertKinds } from './alert-kinds.js';
import { alertRulesQuery, alertsKey } from './alerts.queries.js';

const columns: Column<AlertRule>[] = [
  { header: 'Rule', rowHeader: true, cell: ({ kind }) => alertKinds[kind].text },
  {
    header: 'State',
    cell: ({ enabled }) =>
      enabled ? <StatusBadge tone="good">On</StatusBadge> : <StatusBadge tone="neutral">Off</StatusBadge>,
  },
  { header: 'Condition', wrap: true, cell: ({ kind }) => alertKinds[kind].condition },
  { header: 'Threshold', numeric: true, cell: threshold },
  {
    header: 'Must hold for',
    numeric: true,
    cell: ({ holdMinutes }) => `${formatCount(holdMinutes)} minutes`,
  },
  { header: 'Action', cell: (rule) => <EditRule rule={rule} /> },
];

function threshold({ kind, threshold }: AlertRule): string {
  const { unit } = alertKinds[kind];
  return threshold === null || unit === null ? missing : `${formatCount(threshold)} ${unit}`;
}

export function AlertRules() {
  const query = useQuery(alertRulesQuery);
  return (
    <>
      <Text size="sm" c="dimmed" p="sm">
        Watched for every customer that is not disabled. A condition must hold this long before an alert
        opens, and be gone as long before it is resolved.
      </Text>
      <QueryContent query={query} loading={<LoadingState what="alert rules" rows={4} />}>
        {({ rules }) => (
          <DataTable label="Alert rules" columns={columns} rows={rules} rowKey={({ kind }) => kind} />
        )}
      </QueryContent>
    </>
  );
}

function EditRule({ rule }: { rule: AlertRule }) {
  const dialog = useDialog({
    run: (body: EditAlertRuleBody) => api.put(`/api/alerts/rules/${rule.kind}`, body),
    refreshes: alertsKey,
  });
  const { text } = alertKinds[rule.kind];
  return (
    <>
      <AdminButton
        variant="default"
        size="compact-xs"
        aria-label={`Edit the rule ${text}`}
        onClick={dialog.open}
      >
        Edit
      </AdminButton>
      <Dialog dialog={dialog} title={`Rule: ${text}`}>
        <RuleForm dialog={dialog} rule={rule} />
      </Dialog>
    </>
  );
}

function RuleForm({ dialog, rule }: { dialog: DialogState<EditAlertRuleBody>; rule: AlertRule }) {
  const { condition, unit } = alertKinds[rule.kind];
  const form = useForm<{ enabled: boolean; threshold: number | string; holdMinutes: number | string }>({
    mode: 'uncontrolled',
    initialValues: { ...rule, threshold: rule.threshold ?? '' },
    validate: {
      threshold: (value) => (unit === null || Number(value) > 0 ? null : 'Enter a number above 0'),
      holdMinutes: (value) => (value === '' ? 'Enter a number of minutes' : null),
    },
  });
  const submit = form.onSubmit(({ enabled, threshold, holdMinutes }) =>
    dialog.submit(
      { enabled, threshold: unit === null ? null : Number(threshold), holdMinutes: Number(holdMinutes) },
      (error) => form.setErrors(fieldErrors(error)),
    ),
  );
  return (
    <DialogForm dialog={dialog} label="Edit rule" action="Save" onSubmit={submit}>
      <Checkbox
        label="On"
        key={form.key('enabled')}
        {...form.getInputProps('enabled', { type: 'checkbox' })}
      />
      {unit === null ? (
        <Text size="sm">{condition}.</Text>
      ) : (
        <NumberInput
          label={`Threshold (${unit})`}
          description={`${condition} this`}
          min={0}
          max={unit === '%' ? 100 : 1_000_000}
          key={form.key('threshold')}
          {...form.getInputProps('threshold')}
        />
      )}
      <NumberInput
        label="Must hold for (minutes)"
        min={0}
        max={1_440}
        allowDecimal={false}
        key={form.key('holdMinutes')}
        {...form.getInputProps('holdMinutes')}
      />
    </DialogForm>
  );
}
