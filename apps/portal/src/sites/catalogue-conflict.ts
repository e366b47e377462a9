import { QueryFailedError } from 'typeorm';
import { CodedError, type InputProblem } from '#libs/errors';

/** What PostgreSQL names when a value is there already, in the words of the API. */
const problems: Readonly<Record<string, InputProblem>> = {
  site_slug_key: { path: 'slug', message: 'is the slug of another site' },
  site_external_id_key: { path: 'externalId', message: 'belongs to another site' },
  device_site_id_serial_key: {
    path: 'serial',
    message: 'is the serial number of another device of the site',
  },
  device_external_id_key: { path: 'externalId', message: 'belongs to another device' },
  channel_device_id_label_unit_key: {
    path: 'label',
    message: 'is the label of another channel of the device with this unit',
  },
  channel_external_id_key: { path: 'externalId', message: 'belongs to another channel' },
};

const uniqueViolation = '23505';

/** The error for people of a value that another site, device or channel has; undefined for every other error. */
export function toConflict(error: unknown): CodedError | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  const { code, constraint } = error.driverError as { code?: string; constraint?: string };
  const problem = code === uniqueViolation ? problems[constraint ?? ''] : undefined;
  return problem && new CodedError('CATALOGUE_CONFLICT', { problems: [problem], cause: error });
}
