import { Group, Text, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { maxBrandingImageBytes, type Branding } from '#libs/contracts';
import { AdminButton, api, ErrorState, formatBytes, useWords } from '#libs/ui';
import { useBrandChanged } from './branding.queries.js';
import { FileDrop } from './file-drop.js';
import { fileProblem } from './picture-file.js';
import { brandingWords } from './words.js';
import styles from './picture-field.module.css';

interface Props {
  what: 'logo' | 'favicon';
  title: string;
  use: string;
  choose: string;
  /** What the button says that removes it; undefined where there is nothing to remove. */
  remove: string | undefined;
  /** Of the picture that there is. */
  url: string | undefined;
  disabled: boolean;
}

export function PictureField({ what, title, use, choose, remove, url, disabled }: Props) {
  const t = useWords(brandingWords);
  const [refused, setRefused] = useState<string>();
  const change = usePictureChange(what);
  const send = (file: File) => {
    const problem = fileProblem(file);
    setRefused(problem && t(problem, { name: file.name, size: formatBytes(maxBrandingImageBytes) }));
    if (problem === undefined) change.mutate(file);
  };
  return (
    <div>
      <Group justify="space-between" align="flex-start" gap="xs" mb="xs">
        <div>
          <Title order={3}>{title}</Title>
          <Text size="xs" c="dimmed" component="p" m={0}>
            {use}
          </Text>
        </div>
        {remove !== undefined && (
          <AdminButton
            variant="default"
            size="xs"
            leftSection={<IconTrash size={14} aria-hidden />}
            loading={change.isPending && change.variables === null}
            onClick={() => change.mutate(null)}
          >
            {remove}
          </AdminButton>
        )}
      </Group>
      <div className={styles.row}>
        <div className={styles.shown} data-empty={url === undefined}>
          {url === undefined ? (
            <Text size="xs" c="dimmed">
              {t('noLogo')}
            </Text>
          ) : (
            <img src={url} alt={title} className={styles.picture} />
          )}
        </div>
        <FileDrop
          label={choose}
          hint={t('fileKinds', { size: formatBytes(maxBrandingImageBytes) })}
          busy={change.isPending ? t('sending') : undefined}
          disabled={disabled}
          onFile={send}
        />
      </div>
      {refused !== undefined && (
        <Text size="sm" c="var(--bad)" role="alert" mt="xs">
          {refused}
        </Text>
      )}
      {change.isError && refused === undefined && <ErrorState error={change.error} />}
    </div>
  );
}

/** Sends the file, or removes the picture for null. */
function usePictureChange(what: Props['what']) {
  const onSuccess = useBrandChanged();
  const path = `/api/branding/${what}`;
  return useMutation({
    mutationFn: (file: File | null) =>
      file === null ? api.delete<Branding>(path) : api.put<Branding>(path, file),
    onSuccess,
  });
}
