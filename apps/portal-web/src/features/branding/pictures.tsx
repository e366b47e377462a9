import { Paper, Stack, Title } from '@mantine/core';
import type { Branding } from '#libs/contracts';
import { useWords } from '#libs/ui';
import { PictureField } from './picture-field.js';
import { brandingWords } from './words.js';

/** Logo and favicon; each is in force as soon as it is sent. */
export function Pictures({ brand, disabled }: { brand: Branding; disabled: boolean }) {
  const t = useWords(brandingWords);
  return (
    <Paper component="section" aria-labelledby="pictures" p="md">
      <Title order={2} id="pictures" mb="sm">
        {t('pictures')}
      </Title>
      <Stack gap="lg">
        <PictureField
          what="logo"
          title={t('logo')}
          use={t('logoUse')}
          choose={t('chooseLogo')}
          remove={brand.logo === null ? undefined : t('removeLogo')}
          url={brand.logo?.url}
          disabled={disabled}
        />
        <PictureField
          what="favicon"
          title={t('favicon')}
          use={t('faviconUse')}
          choose={t('chooseFavicon')}
          remove={brand.favicon.own ? t('removeFavicon') : undefined}
          url={`${brand.favicon.url}&size=180`}
          disabled={disabled}
        />
      </Stack>
    </Paper>
  );
}
