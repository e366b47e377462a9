import { Box, Group, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { defaultPrimaryColor, type Branding } from '#libs/contracts';
import { AdminButton, api, ErrorState, fieldErrors, useWords } from '#libs/ui';
import { bodyOf, colorNames, valuesOf, type BrandValues, type ColorName } from './brand-draft.js';
import { useBrandChanged } from './branding.queries.js';
import { ColorField } from './color-field.js';
import { ContrastWarnings } from './contrast-warnings.js';
import { brandingWords } from './words.js';

interface Props {
  form: UseFormReturnType<BrandValues>;
  saved: Branding;
  /** What the form makes of it. */
  draft: Branding;
  disabled: boolean;
}

const uses = {
  primaryColor: 'primaryUse',
  secondaryColor: 'secondaryUse',
  accentColor: 'accentUse',
} as const satisfies Record<ColorName, string>;

/** Name, colours and footer; nothing of it is in force before it is saved. */
export function TextsForm({ form, saved, draft, disabled }: Props) {
  const t = useWords(brandingWords);
  const showBrand = useBrandChanged();
  const save = useMutation({
    mutationFn: (values: BrandValues) => api.put<Branding>('/api/branding', bodyOf(values)),
    onSuccess: (brand) => {
      form.setValues(valuesOf(brand));
      showBrand(brand);
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  const submit = form.onSubmit((values) => save.mutate(values));
  const isChanged = JSON.stringify(form.values) !== JSON.stringify(valuesOf(saved));
  return (
    <Paper component="section" aria-labelledby="names-and-colors" p="md">
      <Title order={2} id="names-and-colors" mb="sm">
        {t('namesAndColors')}
      </Title>
      <form onSubmit={submit} noValidate aria-labelledby="names-and-colors">
        <Stack gap="sm">
          {save.isError && <ErrorState error={save.error} />}
          <TextInput
            label={t('applicationName')}
            maxLength={100}
            disabled={disabled}
            {...form.getInputProps('applicationName')}
          />
          {colorNames.map((name) => (
            <ColorField
              key={name}
              label={t(name)}
              use={t(uses[name], { color: defaultPrimaryColor })}
              disabled={disabled}
              {...form.getInputProps(name)}
            />
          ))}
          <ContrastWarnings
            colors={draft}
            onFix={(name, color) => form.setFieldValue(name, color)}
            disabled={disabled}
          />
          <Textarea
            label={t('footer')}
            description={t('footerUse')}
            maxLength={500}
            autosize
            minRows={2}
            maxRows={6}
            disabled={disabled}
            {...form.getInputProps('footerText')}
          />
          <Group gap="sm">
            <AdminButton onClick={() => submit()} loading={save.isPending}>
              {t('save')}
            </AdminButton>
            {/* Enter in a field saves. */}
            <Box component="button" type="submit" display="none" disabled={disabled} />
            <Text component="output" size="sm" c="dimmed" aria-live="polite">
              {isChanged && t('notSaved')}
              {!isChanged && save.isSuccess && t('saved')}
            </Text>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
