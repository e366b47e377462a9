import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ColumnMapping, CsvDialect, ImportUpload, UploadChange } from '#libs/contracts';
import { api, ErrorState, fieldErrors, useWords } from '#libs/ui';
import { importsKey, mappingsQuery, uploadPath } from './imports.queries.js';
import { MappingChannels } from './mapping-channels.js';
import type { MappingFieldsProps } from './mapping-fields.js';
import { MappingFileFields } from './mapping-file-fields.js';
import { MappingPreview } from './mapping-preview.js';
import { MappingTimeFields } from './mapping-time-fields.js';
import { SavedMappings } from './saved-mappings.js';
import { importWords } from './words.js';

interface Props extends Omit<MappingFieldsProps, 'errors'> {
  upload: ImportUpload;
  /** Why the sample could not be read. */
  error: Error | null;
  onDialect: (change: Partial<CsvDialect>) => void;
  onClose: () => void;
}

export function MappingForm({ upload, mapping, sample, error, onChange, onDialect, onClose }: Props) {
  const t = useWords(importWords);
  const save = useSaveMapping(upload, onClose);
  const [name, setName] = useState(upload.mappingName ?? '');
  const [remember, setRemember] = useState(true);
  const [files, setFiles] = useCollectedFiles(upload.mappingName);
  const canRemember = mapping.hasHeader && sample.header.length > 0;
  const isRemembered = remember && canRemember;
  const isSaved = isRemembered || files.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const saved = isSaved ? name.trim() || upload.name : null;
    const header = isRemembered ? sample.header : [];
    save.mutate({ mapping, name: saved, header, files: files.trim() || null });
  };
  const errors = errorsOf(save.error ?? error);
  const fields = { mapping, sample, errors, onChange };
  return (
    <form onSubmit={submit} noValidate aria-label={t('mappingTitle', { name: upload.name })}>
      <Stack gap="lg">
        <SavedMappings onChoose={onChange} />
        <MappingFileFields {...fields} onDialect={onDialect} />
        <MappingTimeFields {...fields} />
        <MappingChannels {...fields} />
        <MappingPreview sample={sample} />
        {save.error !== null && <ErrorState error={save.error} />}
        <Group align="flex-end">
          <Checkbox
            label={t('remember')}
            mb={8}
            disabled={!canRemember}
            checked={isRemembered}
            onChange={(event) => setRemember(event.currentTarget.checked)}
          />
          {isSaved && (
            <TextInput
              label={t('mappingName')}
              placeholder={upload.name}
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Group>
        <TextInput
          label={t('collectedFiles')}
          description={t('collectedFilesHint')}
          placeholder="hall/logger-7/*.csv"
          maxLength={200}
          value={files}
          error={errors['files']}
          onChange={(event) => setFiles(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          {upload.mapping !== null && (
            <Button variant="subtle" mr="auto" onClick={() => save.mutate('none')}>
              {t('readAsMeterFile')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('useMapping')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface Saved {
  mapping: ColumnMapping;
  /** To remember it by; null where it is for this file alone. */
  name: string | null;
  header: string[];
  /** Pattern of collected files; null for none. */
  files: string | null;
}

/** What the mapping was saved with, until somebody types. */
function useCollectedFiles(name: string | null) {
  const { data } = useQuery(mappingsQuery);
  const [typed, setTyped] = useState<string>();
  const saved = data?.mappings.find((mapping) => mapping.name === name)?.files;
  return [typed ?? saved ?? '', setTyped] as const;
}

function useSaveMapping({ id }: ImportUpload, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (saved: Saved | 'none') => {
      if (saved === 'none') return api.patch(uploadPath(id), { mapping: null });
      const { mapping, name, header, files } = saved;
      if (name !== null) await api.put('/api/imports/mappings', { name, mapping, header, files });
      const change: UploadChange = { mapping, mappingName: name };
      return api.patch(uploadPath(id), change);
    },
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: importsKey }),
  });
}

/** By the path inside of the mapping. */
function errorsOf(error: Error | null): Record<string, string> {
  if (error === null) return {};
  const named = Object.entries(fieldErrors(error));
  return Object.fromEntries(named.map(([path, message]) => [path.replace(/^mapping\./, ''), message]));
}
