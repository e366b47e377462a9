import { Checkbox, Group, Pill, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { SearchField, useWords } from '#libs/ui';
import { fileStatuses, type FilesView } from './files-view.js';
import { choicesQuery } from './imports.queries.js';
import { PeriodInputs } from './period-inputs.js';
import { importWords } from './words.js';

interface Props {
  view: FilesView;
  onChange: (change: Partial<FilesView>) => void;
}

/** What of the history is shown. */
export function FilesToolbar({ view, onChange }: Props) {
  const t = useWords(importWords);
  const { data: choices = { sites: [], devices: [] } } = useQuery(choicesQuery);
  const statusNames = { imported: t('statusImported'), rejected: t('statusRejected') };
  return (
    <Group component="fieldset" aria-label={t('filters')} gap="sm" p="sm" m={0} align="flex-end" bd="none">
      <SearchField isLabelShown label={t('searchFiles')} value={view.q} onChange={(q) => onChange({ q })} />
      <Choice
        label={t('status')}
        data={fileStatuses.map((value) => ({ value, label: statusNames[value] }))}
        value={view.status}
        onChange={(status) => onChange({ status: status as FilesView['status'] })}
      />
      <Choice
        label={t('site')}
        data={choices.sites}
        value={view.site}
        onChange={(site) => onChange({ site })}
      />
      <Choice
        label={t('device')}
        data={choices.devices}
        value={view.device}
        onChange={(device) => onChange({ device })}
      />
      <PeriodInputs from={view.from} to={view.to} onChange={onChange} />
      <Checkbox
        label={t('problemsOnly')}
        mb={8}
        checked={view.problems}
        onChange={(event) => onChange({ problems: event.currentTarget.checked })}
      />
      {view.runId !== '' && (
        <Pill mb={8} withRemoveButton onRemove={() => onChange({ runId: '' })}>
          {t('ofOneRun')}
        </Pill>
      )}
    </Group>
  );
}

interface ChoiceProps {
  label: string;
  data: readonly (string | { value: string; label: string })[];
  value: string;
  onChange: (value: string) => void;
}

/** One of a few, or all of them. */
export function Choice({ label, data, value, onChange }: ChoiceProps) {
  const t = useWords(importWords);
  return (
    <Select
      label={label}
      placeholder={t('all')}
      w={{ base: '100%', xs: 140 }}
      data={data}
      searchable={data.length > 10}
      clearable
      value={value === '' ? null : value}
      onChange={(chosen) => onChange(chosen ?? '')}
    />
  );
}
