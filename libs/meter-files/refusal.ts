import { CodedError, type ErrorCode } from '#libs/errors';

/**
 * A meter file that cannot be read at all: METER_FILE_EMPTY, METER_FILE_FORMAT_UNKNOWN,
 * METER_FILE_HEADER_MISSING or METER_FILE_HEADER_INVALID. `detail` names the line.
 * The whole file was read nevertheless, so that it can be recognised when it comes again.
 */
export class MeterFileRefused extends CodedError {
  /** Size of the file in bytes. */
  readonly bytes: number;
  /** SHA-256 of the file, lower-case hexadecimal. */
  readonly sha256: string;

  constructor(cause: HeaderProblem, file: { bytes: number; sha256: string }) {
    super(cause.code, { detail: cause.message });
    this.bytes = file.bytes;
    this.sha256 = file.sha256;
  }
}

/** Thrown while the header is read; the reader turns it into a refusal once it knows size and hash. */
export class HeaderProblem extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}
