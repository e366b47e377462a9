import { Group, Paper, Select, TextInput } from '@mantine/core';
import type { Municipality, SiteSummary } from '#libs/contracts';
import { useWords } from '#libs/ui';
import { parseMonth } from './bill-period.js';
import { SiteTariffButton } from './site-tariff.js';
import { tariffChoices } from './tariff-choices.js';
import type { BillChoiceState } from './use-bill-choice.js';
import { billWords } from './words.js';

interface Props {
  choice: BillChoiceState;
  /** The one that is chosen. */
  site: SiteSummary | undefined;
  sites: readonly SiteSummary[];
  municipalities: readonly Municipality[];
}

/** Which bill: site, month, and another tariff than the site's to try. */
export function BillChoice({ choice, site, sites, municipalities }: Props) {
  const t = useWords(billWords);
  const { question, month, choose } = choice;
  return (
    <Paper p="md">
      <Group align="flex-end" gap="sm">
        <Select
          label={t('site')}
          searchable
          allowDeselect={false}
          data={sites.map(({ id, name }) => ({ value: id, label: name }))}
          value={question.siteId}
          onChange={(value) => value !== null && choose({ site: value })}
        />
        <TextInput
          label={t('month')}
          type="month"
          min="2000-01"
          value={month}
          onChange={({ currentTarget: { value } }) => {
            const chosen = parseMonth(value);
            if (chosen !== null) choose({ month: chosen });
          }}
        />
        <Select
          label={t('tariff')}
          placeholder={t('ofTheSite')}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          searchable
          data={tariffChoices(municipalities)}
          value={question.tariff ?? null}
          onChange={(value) => choose({ tariff: value })}
          maw={320}
        />
        {site !== undefined && <SiteTariffButton site={site} municipalities={municipalities} />}
      </Group>
    </Paper>
  );
}
