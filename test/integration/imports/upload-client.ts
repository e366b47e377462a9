import type {
  ImportFileDetail,
  ImportFileSummary,
  ImportRunSummary,
  ImportUpload,
  Problem,
} from '#libs/contracts';
import { ApiClient, type Answer } from '../api-client.js';
import { MeterFolder } from '../meter-folder.js';
import { startPortal, type RunningApp } from '../running-app.js';

/** A portal with an import folder of its own, and somebody signed in to it. */
export interface ImportPortal extends RunningApp {
  client: ApiClient;
  folder: MeterFolder;
}

export async function startImportPortal(environment: Record<string, string> = {}): Promise<ImportPortal> {
  const folder = await MeterFolder.create();
  const portal = await startPortal({ environment: { IMPORT_FOLDER: folder.path, ...environment } });
  return { ...portal, folder, client: await ApiClient.signedIn(portal.url) };
}

/** Sends a file as a browser does. */
export function upload<T = ImportUpload & Problem>(
  client: ApiClient,
  name: string,
  content: NonNullable<RequestInit['body']>,
  site?: string,
): Promise<Answer<T>> {
  const query = new URLSearchParams({ name, ...(site !== undefined && { site }) });
  return client.send<T>('POST', `/api/imports/uploads?${query.toString()}`, {
    headers: { 'content-type': 'application/octet-stream' },
    body: content,
    // Fetch wants to know that a stream is sent before it is answered.
    ...(content instanceof ReadableStream && { duplex: 'half' }),
  });
}

/** Imports uploads and waits until their run has ended. */
export async function importUploads(client: ApiClient, ...ids: string[]): Promise<ImportFileSummary[]> {
  const { status, body } = await client.post<{ runId: string }>('/api/imports/uploads/import', { ids });
  if (status !== 202) throw new Error(`the import answered ${status} ${JSON.stringify(body)}`);
  return filesOf(client, body.runId);
}

/** Imports what waits in the folder, and waits until that is done. */
export async function importFolder(client: ApiClient): Promise<ImportFileSummary[]> {
  const { status, body } = await client.post<{ runId: string }>('/api/imports/runs', {});
  if (status !== 202) throw new Error(`the import answered ${status} ${JSON.stringify(body)}`);
  return filesOf(client, body.runId);
}

export async function filesOf(client: ApiClient, runId: string): Promise<ImportFileSummary[]> {
  for (;;) {
    const { body } = await client.get<{ runs: ImportRunSummary[] }>('/api/imports/runs');
    const run = body.runs.find(({ id }) => id === runId);
    if (run === undefined) throw new Error(`there is no run ${runId}: ${JSON.stringify(body)}`);
    if (run.finishedAt !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { body } = await client.get<{ files: ImportFileSummary[] }>(`/api/imports/files?runId=${runId}`);
  return body.files;
}

export async function detailOf(client: ApiClient, id: string | undefined): Promise<ImportFileDetail> {
  return (await client.get<ImportFileDetail>(`/api/imports/files/${id}`)).body;
}
