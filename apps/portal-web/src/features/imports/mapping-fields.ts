import type { ColumnMapping, UploadSample } from '#libs/contracts';

/** What every part of the form of a mapping is given. */
export interface MappingFieldsProps {
  mapping: ColumnMapping;
  sample: UploadSample;
  /** What the server says of single fields: `time.formats.0`. */
  errors: Readonly<Record<string, string>>;
  onChange: (mapping: ColumnMapping) => void;
}
