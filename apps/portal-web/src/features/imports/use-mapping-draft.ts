import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  ColumnMapping,
  CsvDialect,
  ImportUpload,
  UploadSample,
  UploadSampleBody,
} from '#libs/contracts';
import { api } from '#libs/ui';
import { importsKey, uploadPath } from './imports.queries.js';
import { dialectOf, isReadable } from './mapping-draft.js';

const pauseMs = 300;

/**
 * A mapping that is being made: what has been chosen so far, and how the server reads the first rows by it. Until something
 * is chosen, and whenever the file is cut into other cells, it is the server's guess.
 */
export function useMappingDraft(upload: ImportUpload) {
  const [chosen, setChosen] = useState<ColumnMapping | undefined>(upload.mapping ?? undefined);
  const [dialect, setDialect] = useState<CsvDialect | undefined>();
  const guess = useSample(upload.id, dialect === undefined ? {} : { dialect }, chosen === undefined);
  // A guess names no device and no zone: what was said of them stays.
  const [kept, setKept] = useState<Partial<ColumnMapping>>({ device: upload.mapping?.device ?? '' });
  const guessed = guess.data && { ...guess.data.mapping, ...kept };
  const mapping = chosen ?? guessed;

  const [settled] = useDebouncedValue(chosen, pauseMs);
  const asked = settled !== undefined && isReadable(settled);
  const read = useSample(upload.id, asked ? { mapping: settled } : {}, asked);
  // A draft that cannot be read by yet still shows the cells.
  const cells = useSample(
    upload.id,
    settled ? { dialect: dialectOf(settled) } : {},
    settled !== undefined && !asked,
  );
  const sample = chosen === undefined ? guess : asked ? read : cells;

  return {
    mapping,
    sample,
    set: (changed: ColumnMapping) => setChosen(changed),
    /** The columns are guessed anew. */
    setDialect: (changed: Partial<CsvDialect>) => {
      if (mapping === undefined) return;
      setKept({ device: mapping.device, noValue: mapping.noValue });
      setDialect({ ...dialectOf(mapping), ...changed });
      setChosen(undefined);
    },
  };
}

function useSample(id: string, body: UploadSampleBody, enabled: boolean) {
  return useQuery({
    queryKey: [...importsKey, 'sample', id, body],
    queryFn: () => api.post<UploadSample>(uploadPath(id, '/sample'), body),
    enabled,
    placeholderData: keepPreviousData,
    // What is wrong with a mapping does not mend itself.
    retry: false,
    staleTime: Infinity,
  });
}
