import { Box, Button, Collapse, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconColumns3, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportUpload, UploadChange } from '#libs/contracts';
import {
  api,
  ErrorState,
  formatBytes,
  missing,
  RelativeTime,
  Sentence,
  useHasRole,
  useProblemText,
  useWords,
} from '#libs/ui';
import { importers } from './importers.js';
import { importsKey, uploadPath } from './imports.queries.js';
import { MappingDialog } from './mapping-dialog.js';
import { ReadPeriod } from './read-period.js';
import { ReportBody } from './report-body.js';
import { SiteInput } from './site-input.js';
import { UploadStateBadge } from './upload-state.js';
import { importWords } from './words.js';

interface Props {
  upload: ImportUpload;
  importing: boolean;
  onImport: () => void;
}

/** One upload: what it is, what importing it would store, and what can be decided about it. */
export function UploadCard({ upload, importing, onImport }: Props) {
  const t = useWords(importWords);
  const mayImport = useHasRole(importers);
  const [open, { toggle }] = useDisclosure();
  const { name, state, bytes } = upload;
  return (
    <Paper component="article" aria-label={name} p="sm">
      <Stack gap="xs">
        <Group gap="xs">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          <UploadStateBadge state={state} />
          <Text size="xs" c="dimmed">
            {formatBytes(bytes)}
          </Text>
        </Group>
        <Effect upload={upload} />
        <Group gap="xs" align="flex-end">
          {mayImport && <Decisions upload={upload} importing={importing} onImport={onImport} />}
          <Button
            size="xs"
            variant="default"
            aria-expanded={open}
            aria-label={t('detailsOf', { name })}
            onClick={toggle}
          >
            {t('details')}
          </Button>
        </Group>
        <Collapse expanded={open}>{open && <ReportBody report={upload.report} />}</Collapse>
      </Stack>
    </Paper>
  );
}

/** In a few lines; all of it is under Details. */
function Effect({ upload }: { upload: ImportUpload }) {
  const t = useWords(importWords);
  const textOf = useProblemText();
  const { report, mapping, mappingName, uploadedBy, uploadedAt } = upload;
  const { device, rows, points, error, rejectedRows, rejectedValues } = report;
  const rejected = rejectedRows.truncated + rejectedRows.timestamp + rejectedValues;
  return (
    <Box fz="sm">
      {error === undefined ? (
        <div>
          {t('wouldStore', {
            rows: t('rows', { count: rows }),
            device: device ?? missing,
            points: t('points', { count: points }),
          })}
          {rejected > 0 && (
            <Text span inherit c="var(--warning)">{` · ${t('rejectedToo', { count: rejected })}`}</Text>
          )}
        </div>
      ) : (
        upload.state !== 'needs-mapping' && (
          <Text c="var(--bad)" size="sm">
            {textOf(error).line}
          </Text>
        )
      )}
      <ReadPeriod report={report} />
      {mapping !== null && (
        <div>{mappingName === null ? t('readByOwn') : t('readBy', { name: mappingName })}</div>
      )}
      <Text size="xs" c="dimmed" component="div">
        <Sentence
          words={importWords}
          text="uploadedBy"
          values={{ account: uploadedBy }}
          parts={{ time: <RelativeTime value={uploadedAt} /> }}
        />
      </Text>
    </Box>
  );
}

function Decisions({ upload, importing, onImport }: Props) {
  const t = useWords(importWords);
  const { name, state, mappable, mapping } = upload;
  const [mappingOpen, mappingDialog] = useDisclosure();
  const { change, cancel, pending, error } = useDecisions(upload);
  const [site, setSite] = useState(upload.site ?? '');
  return (
    <>
      {error !== null && <ErrorState error={error} />}
      <SiteInput
        size="xs"
        label={t('site')}
        aria-label={t('siteOf', { name })}
        value={site}
        onChange={setSite}
        onDone={(chosen) => {
          if (chosen !== '' && chosen !== upload.site) change({ site: chosen });
        }}
      />
      {(state === 'ready' || state === 'unchanged') && (
        <Button size="xs" loading={importing} aria-label={t('importOf', { name })} onClick={onImport}>
          {t('importFile')}
        </Button>
      )}
      {(mappable || mapping !== null) && (
        <Button
          size="xs"
          variant={state === 'needs-mapping' ? 'filled' : 'default'}
          leftSection={<IconColumns3 size={14} aria-hidden />}
          aria-label={t('mapColumnsOf', { name })}
          onClick={mappingDialog.open}
        >
          {mapping === null ? t('mapColumns') : t('changeMapping')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTrash size={14} aria-hidden />}
        loading={pending}
        aria-label={t('cancelFile', { name })}
        onClick={() => cancel()}
      >
        {t('cancel')}
      </Button>
      <MappingDialog upload={upload} opened={mappingOpen} onClose={mappingDialog.close} />
    </>
  );
}

function useDecisions({ id }: ImportUpload) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: importsKey });
  const change = useMutation({
    mutationFn: (body: UploadChange) => api.patch(uploadPath(id), body),
    onSettled,
  });
  const cancel = useMutation({ mutationFn: () => api.delete(uploadPath(id)), onSettled });
  return {
    change: change.mutate,
    cancel: cancel.mutate,
    pending: cancel.isPending,
    error: change.error ?? cancel.error,
  };
}
