import { SimpleGrid, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Branding } from '#libs/contracts';
import { LoadingState, PageHeader, QueryContent, useSession, useWords } from '#libs/ui';
import { colorNames, colorOf, draftOf, valuesOf, type BrandValues } from './brand-draft.js';
import { brandingQuery } from './branding.queries.js';
import { Pictures } from './pictures.js';
import { ResetBranding } from './reset-branding.js';
import { SignInPreview } from './sign-in-preview.js';
import { TextsForm } from './texts-form.js';
import { brandingWords } from './words.js';
import styles from './branding-page.module.css';

/** Settings → Branding: name, colours, pictures and footer, and what the sign-in page makes of them. */
export function BrandingPage() {
  const t = useWords(brandingWords);
  const query = useQuery(brandingQuery);
  // What was typed is given up by a reset: the form begins anew.
  const [resets, setResets] = useState(0);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')}>
        <ResetBranding onDone={() => setResets(resets + 1)} />
      </PageHeader>
      <QueryContent query={query} loading={<LoadingState what={t('theBranding')} height={900} />}>
        {(brand) => <Editor key={resets} saved={brand} />}
      </QueryContent>
    </>
  );
}

function Editor({ saved }: { saved: Branding }) {
  const t = useWords(brandingWords);
  const isAdmin = useSession().session?.account.role === 'admin';
  const form = useBrandForm(saved);
  const draft = draftOf(form.values, saved);
  return (
    <>
      {!isAdmin && (
        <Text size="sm" mb="md">
          {t('adminsOnly')}
        </Text>
      )}
      <div className={styles.columns}>
        <TextsForm form={form} saved={saved} draft={draft} disabled={!isAdmin} />
        <section aria-label={t('preview')} className={styles.previews}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
            <SignInPreview brand={draft} scheme="light" />
            <SignInPreview brand={draft} scheme="dark" />
          </SimpleGrid>
        </section>
        <Pictures brand={saved} disabled={!isAdmin} />
      </div>
    </>
  );
}

function useBrandForm(saved: Branding) {
  const t = useWords(brandingWords);
  const color = (value: string) => (colorOf(value) === undefined ? t('colorInvalid') : null);
  return useForm<BrandValues>({
    initialValues: valuesOf(saved),
    validate: {
      applicationName: (value) => (value.trim() === '' ? t('nameMissing') : null),
      ...Object.fromEntries(colorNames.map((name) => [name, color])),
    },
  });
}
