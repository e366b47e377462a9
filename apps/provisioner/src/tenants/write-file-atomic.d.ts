declare module 'write-file-atomic' {
  /** Writes to a temporary file beside `path`, flushes it to disk and renames it into place. */
  export default function writeFileAtomic(
    path: string,
    data: string | Uint8Array,
    options?: { mode?: number; chown?: false | { uid: number; gid: number } },
  ): Promise<void>;
}
