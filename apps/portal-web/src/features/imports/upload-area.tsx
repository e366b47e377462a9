import { Button, FileButton, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type DragEvent, type ReactNode } from 'react';
import type { ImportUploadList } from '#libs/contracts';
import { formatBytes, useHasRole, useWords } from '#libs/ui';
import { importers } from './importers.js';
import { SendingList } from './sending-list.js';
import { SiteInput } from './site-input.js';
import styles from './upload-area.module.css';
import { useSending } from './use-sending.js';
import { WaitingUploads } from './waiting-uploads.js';
import { importWords } from './words.js';

/** Where files are dropped or chosen, and what has come of those that were. */
export function UploadArea({ uploads }: { uploads: UseQueryResult<ImportUploadList> }) {
  const t = useWords(importWords);
  const mayImport = useHasRole(importers);
  const sending = useSending(uploads.data?.maxBytes);
  const [site, setSite] = useState('');
  const add = (files: readonly File[]) => sending.add(files, site);
  return (
    <Paper component="section" aria-labelledby="upload" p="md" mb="md">
      <Stack gap="sm">
        <Title order={2} id="upload">
          {t('upload')}
        </Title>
        {mayImport ? (
          <DropArea onFiles={add} maxBytes={uploads.data?.maxBytes}>
            <SiteInput
              label={t('siteForFiles')}
              description={t('siteHint')}
              value={site}
              onChange={setSite}
            />
          </DropArea>
        ) : (
          <Text size="sm" c="dimmed">
            {t('mayNotUpload')}
          </Text>
        )}
        <SendingList files={sending.files} onRemove={sending.remove} />
        <WaitingUploads query={uploads} />
      </Stack>
    </Paper>
  );
}

interface DropProps {
  onFiles: (files: readonly File[]) => void;
  maxBytes: number | undefined;
  /** Fields that belong to the files. */
  children: ReactNode;
}

function DropArea({ onFiles, maxBytes, children }: DropProps) {
  const t = useWords(importWords);
  const [over, setOver] = useState(false);
  const drag = (event: DragEvent, isOver: boolean) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(isOver);
  };
  return (
    <div
      className={styles.area}
      data-over={over}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => {
        drag(event, false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <Stack gap="sm">
        <Text size="sm" maw={720}>
          {over ? t('dropHere') : t('uploadHint')}{' '}
          {maxBytes !== undefined && t('atMost', { size: formatBytes(maxBytes) })}
        </Text>
        <Group align="flex-end" gap="sm">
          {children}
          <FileButton multiple onChange={onFiles}>
            {(props) => (
              <Button {...props} leftSection={<IconUpload size={16} aria-hidden />}>
                {t('chooseFiles')}
              </Button>
            )}
          </FileButton>
        </Group>
      </Stack>
    </div>
  );
}
