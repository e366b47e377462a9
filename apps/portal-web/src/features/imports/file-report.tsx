import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { ImportFileDetail } from '#libs/contracts';
import { AbsoluteTime, AdminButton, api, Dialog, DialogForm, Sentence, useDialog, useWords } from '#libs/ui';
import { FileStatus } from './file-status.js';
import { importers } from './importers.js';
import { filePath, importsKey } from './imports.queries.js';
import { ReportBody } from './report-body.js';
import { SiteInput } from './site-input.js';
import { importWords } from './words.js';

/** A recorded file: its report, the file itself, and another try. */
export function FileReport({ file }: { file: ImportFileDetail }) {
  return (
    <Stack gap="lg">
      <Stack gap={6}>
        <Title order={3} style={{ overflowWrap: 'anywhere' }}>
          {file.path}
        </Title>
        <Group gap="xs">
          <FileStatus status={file.status} />
          <Text size="sm" c="dimmed">
            <AbsoluteTime value={file.importedAt} />
          </Text>
        </Group>
      </Stack>
      <FileActions file={file} />
      <ReportBody report={file.report} />
    </Stack>
  );
}

function FileActions({ file }: { file: ImportFileDetail }) {
  const t = useWords(importWords);
  const { id, status, hasOriginal, originalRemovedAt, report } = file;
  const { truncated, timestamp } = report.rejectedRows;
  const hasRejects = status === 'imported' && truncated + timestamp + report.rejectedValues > 0;
  if (!hasOriginal) {
    return (
      <Text size="sm" c="dimmed">
        {originalRemovedAt === null ? (
          t('originalGone')
        ) : (
          <Sentence
            words={importWords}
            text="originalRemoved"
            parts={{ date: <AbsoluteTime value={originalRemovedAt} /> }}
          />
        )}
      </Text>
    );
  }
  return (
    <Group gap="xs">
      <DownloadButton href={filePath(id, '/original')} label={t('downloadOriginal')} />
      {hasRejects && <DownloadButton href={filePath(id, '/rejects.csv')} label={t('downloadRejects')} />}
      {status === 'rejected' && <Retry file={file} />}
    </Group>
  );
}

function DownloadButton({ href, label }: { href: string; label: string }) {
  return (
    <Button
      component="a"
      href={href}
      download
      size="xs"
      variant="default"
      leftSection={<IconDownload size={14} aria-hidden />}
    >
      {label}
    </Button>
  );
}

function Retry({ file }: { file: ImportFileDetail }) {
  const t = useWords(importWords);
  const [site, setSite] = useState(file.site ?? '');
  const dialog = useDialog({
    run: () => api.post(filePath(file.id, '/retry'), site.trim() === '' ? {} : { site: site.trim() }),
    refreshes: importsKey,
  });
  return (
    <>
      <AdminButton size="xs" roles={importers} onClick={dialog.open}>
        {t('retry')}
      </AdminButton>
      <Dialog dialog={dialog} title={t('retryTitle')}>
        <DialogForm
          dialog={dialog}
          label={t('retryTitle')}
          action={t('retry')}
          onSubmit={(event) => {
            event.preventDefault();
            dialog.submit();
          }}
        >
          <Text size="sm">{t('retryEffect')}</Text>
          <SiteInput label={t('site')} value={site} onChange={setSite} />
        </DialogForm>
      </Dialog>
    </>
  );
}
