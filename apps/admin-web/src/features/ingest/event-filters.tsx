import { Checkbox, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { IngestEvent } from '#libs/contracts';
import { outcomeNames, type EventFilter } from './event-filter.js';

const outcomes = Object.entries(outcomeNames).map(([value, label]) => ({ value, label }));

interface Props {
  filter: EventFilter;
  onChange: (filter: EventFilter) => void;
}

export function EventFilters({ filter, onChange }: Props) {
  const tellRefusal = useDebouncedCallback((refusal: string) => onChange({ ...filter, refusal }), 300);
  return (
    <Group gap="sm" p="sm" align="flex-end" component="search" aria-label="Filter ingest events">
      <Select
        label="Outcome"
        data={outcomes}
        value={filter.outcome}
        onChange={(value) => onChange({ ...filter, outcome: value as IngestEvent['outcome'] | null })}
        placeholder="All"
        clearable
        size="xs"
        w={140}
      />
      <TextInput
        label="Code of a refusal"
        placeholder="Any"
        defaultValue={filter.refusal}
        onChange={(event) => tellRefusal(event.currentTarget.value.trim())}
        size="xs"
        w={220}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
      />
      <Checkbox
        label="Problems only"
        size="xs"
        mb={6}
        checked={filter.problems}
        onChange={(event) => onChange({ ...filter, problems: event.currentTarget.checked })}
      />
    </Group>
  );
}
