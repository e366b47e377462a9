import { Modal } from '@mantine/core';
import type { ImportUpload } from '#libs/contracts';
import { LoadingState, QueryContent, useWords } from '#libs/ui';
import { MappingForm } from './mapping-form.js';
import { useMappingDraft } from './use-mapping-draft.js';
import { importWords } from './words.js';

interface Props {
  upload: ImportUpload;
  opened: boolean;
  onClose: () => void;
}

/** Says how the columns of an upload are read, with what comes of it beside. */
export function MappingDialog({ upload, opened, onClose }: Props) {
  const t = useWords(importWords);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={1100}
      title={t('mappingTitle', { name: upload.name })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      {opened && <Editor upload={upload} onClose={onClose} />}
    </Modal>
  );
}

function Editor({ upload, onClose }: Omit<Props, 'opened'>) {
  const t = useWords(importWords);
  const { mapping, sample, ...change } = useMappingDraft(upload);
  return (
    <QueryContent
      query={{ ...sample, error: sample.data === undefined ? sample.error : null }}
      loading={<LoadingState what={t('theSample')} rows={8} />}
    >
      {(data) =>
        mapping && (
          <MappingForm
            upload={upload}
            mapping={mapping}
            sample={data}
            error={sample.error}
            onChange={change.set}
            onDialect={change.setDialect}
            onClose={onClose}
          />
        )
      }
    </QueryContent>
  );
}
