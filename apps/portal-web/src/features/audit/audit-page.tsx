import { Button, Group, Paper, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { localTimeZone, PageHeader, useWords } from '#libs/ui';
import { actionChoices, readAction } from './audit-actions.js';
import { AuditEvents } from './audit-events.js';
import { auditExport, type AuditFilter } from './audit.queries.js';
import { auditWords } from './words.js';

export function AuditPage() {
  const t = useWords(auditWords);
  const { filter, set } = useFilter();
  return (
    <>
      <PageHeader title={t('title')} description={t('description', { zone: localTimeZone })}>
        <Button
          component="a"
          variant="default"
          href={auditExport(filter)}
          download
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('export')}
        </Button>
      </PageHeader>
      <Paper>
        <Filters filter={filter} set={set} />
        <AuditEvents filter={filter} />
      </Paper>
    </>
  );
}

interface FiltersProps {
  filter: AuditFilter;
  set: (name: keyof AuditFilter, value: string) => void;
}

function Filters({ filter, set }: FiltersProps) {
  const t = useWords(auditWords);
  const setLater = useDebouncedCallback(set, 300);
  const field = (name: 'account' | 'subject') => ({
    defaultValue: filter[name] ?? '',
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      setLater(name, event.currentTarget.value.trim()),
    placeholder: t('all'),
    size: 'xs',
    autoComplete: 'off',
    spellCheck: false,
  });
  return (
    <Group gap="sm" p="sm" align="flex-end" component="search" aria-label={t('filter')}>
      <TextInput label={t('who')} w={220} maxLength={254} {...field('account')} />
      <TextInput label={t('subject')} w={200} maxLength={200} {...field('subject')} />
      <Select
        label={t('action')}
        data={actionChoices(t)}
        value={filter.action ?? null}
        onChange={(value) => set('action', value ?? '')}
        placeholder={t('all')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('everyAction') }}
        size="xs"
        w={240}
      />
    </Group>
  );
}

/** The filter that the address holds. */
function useFilter() {
  const [params, setParams] = useSearchParams();
  const set = (name: keyof AuditFilter, value: string) =>
    setParams(
      (previous) => {
        if (value === '') previous.delete(name);
        else previous.set(name, value);
        return previous;
      },
      { replace: true },
    );
  const filter: AuditFilter = {
    account: params.get('account') ?? undefined,
    action: readAction(params.get('action')),
    subject: params.get('subject') ?? undefined,
  };
  return { filter, set };
}
