import { CodedError } from '#libs/errors';

/** Admin has fewer batches of the stream than the sender was told, so Admin was restored from a backup. */
export class StreamBehindError extends CodedError {
  /** @param position batches of the stream that Admin has */
  constructor(readonly position: number) {
    super('INGEST_STREAM_BEHIND', { detail: `Admin has ${position} batches of it` });
  }
}
