import type { ImportUpload } from '#libs/contracts';
import { noConnection, parseProblem, withQuery } from '#libs/ui';

/** As `uploadContentType` of the contracts, which would bring all of zod along. */
const contentType = 'application/octet-stream';

interface Options {
  /** Empty: the portal finds it out. */
  site: string;
  /** Told how many bytes are on their way. */
  onProgress: (bytes: number) => void;
  signal: AbortSignal;
}

/** Uploads one file. By XMLHttpRequest: fetch does not tell how far it has come. */
export function sendFile(file: File, { site, onProgress, signal }: Options): Promise<ImportUpload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = { name: file.name, site: site === '' ? undefined : site };
    request.open('POST', withQuery('/api/imports/uploads', query));
    request.setRequestHeader('content-type', contentType);
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    request.addEventListener('error', () => reject(noConnection()));
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300)
        resolve(JSON.parse(request.responseText) as ImportUpload);
      else reject(parseProblem(request.status, request.responseText));
    });
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
