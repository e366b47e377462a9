import { Paper, Text } from '@mantine/core';
import type { SiteDetail } from '#libs/contracts';
import { Stats, useWords } from '#libs/ui';
import { siteWords } from './words.js';

/** What people keep of the site; nothing where there is nothing. */
export function SiteFacts({ site }: { site: SiteDetail }) {
  const t = useWords(siteWords);
  const { address, latitude, longitude, externalId, notes } = site;
  const facts = [
    { label: t('address'), value: address },
    {
      label: t('coordinates'),
      value: latitude === null || longitude === null ? '' : `${String(latitude)}, ${String(longitude)}`,
    },
    { label: t('externalId'), value: externalId ?? '' },
  ].filter(({ value }) => value !== '');
  if (facts.length === 0 && notes === '') return null;
  return (
    <Paper component="section" aria-label={t('site')} p="md">
      <Stats items={facts} />
      {notes !== '' && (
        <Text size="sm" mt={facts.length > 0 ? 'sm' : 0} style={{ whiteSpace: 'pre-wrap' }}>
          {notes}
        </Text>
      )}
    </Paper>
  );
}
