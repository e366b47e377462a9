import type {
  ColumnMapping,
  ImportFileDetail,
  ImportFileReport,
  ImportFileSummary,
  ImportMapping,
  ImportRunSummary,
  ImportSource,
  ImportUpload,
  UploadSample,
} from '#libs/contracts';
import { ago, uuid } from './admin-data.js';
import type { FakeApi } from './page-server.js';

const me = 'ops@wattfleet.example';

const report: ImportFileReport = {
  path: 'north/T302_260704.tsv',
  site: 'north',
  device: '02001084',
  format: 'MV_T302_V002',
  status: 'imported',
  warnings: ['the upload was cut off: only whole rows were taken'],
  rows: 1_440,
  channels: 2,
  points: 2_878,
  rejectedRows: { truncated: 1, timestamp: 1 },
  rejectedValues: 2,
  duplicateRows: 0,
  suspiciousTimes: 0,
  incomplete: true,
  firstTime: '2026-07-03T22:00:00.000Z',
  lastTime: '2026-07-04T21:59:00.000Z',
  channelStats: ['U1', 'Ch1'].map((label) => ({
    deviceSerial: '02001084',
    label,
    name: '',
    unit: label === 'U1' ? 'V' : 'W',
    count: 1_439,
    min: 1,
    max: 240,
    mean: 120.5,
  })),
  problems: [
    { line: 12, column: 2, kind: 'value', reason: '"n/a" is not a decimal number' },
    { line: 1_443, column: null, kind: 'truncated', reason: 'cut off: the last line has no line feed' },
  ],
  metadata: {},
  daylightSaving: null,
  bytes: 81_204,
  sha256: 'a'.repeat(64),
  durationMs: 41,
};

const refusedReport: ImportFileReport = {
  ...report,
  status: 'rejected',
  error: { code: 'METER_FILE_FORMAT_UNKNOWN', message: 'The format of the meter file is not known: line 1' },
  format: null,
  device: null,
  rows: 0,
  channels: 0,
  points: 0,
  rejectedRows: { truncated: 0, timestamp: 0 },
  rejectedValues: 0,
  firstTime: null,
  lastTime: null,
  channelStats: [],
  problems: [],
  warnings: [],
  incomplete: false,
};

const ready: ImportUpload = {
  id: uuid(701),
  name: 'T302_260704.tsv',
  site: 'north',
  bytes: 81_204,
  sha256: 'a'.repeat(64),
  uploadedBy: me,
  uploadedAt: ago(60_000),
  expiresAt: ago(-86_000_000),
  state: 'ready',
  mappable: false,
  mapping: null,
  mappingName: null,
  report,
};

const table: ImportUpload = {
  ...ready,
  id: uuid(702),
  name: 'hall logger.csv',
  site: null,
  state: 'needs-mapping',
  mappable: true,
  report: refusedReport,
};

const mapping: ColumnMapping = {
  encoding: 'utf-8',
  delimiter: ';',
  skipLines: 0,
  hasHeader: true,
  decimalMark: ',',
  time: { columns: [1], formats: ['DD/MM/YYYY HH:mm'], timeZone: 'Europe/Paris', shiftSeconds: 0 },
  device: '',
  noValue: [],
  values: {
    layout: 'wide',
    channels: [
      { column: 2, label: 'Ch1', name: 'Hall', unit: 'kW', factor: 1 },
      { column: 3, label: 'Ch2', name: 'Voltage', unit: 'V', factor: 1 },
    ],
  },
};

/** As the server would read it: a factor of 1,000 shows. */
function sampleOf(given: ColumnMapping): UploadSample {
  const factor = given.values.channels[0]?.factor ?? 1;
  return {
    mapping: given,
    header: ['Time', 'Hall [kW]', 'Voltage (V)', 'Note'],
    table: [0, 15, 30, 45].map((minute, index) => ({
      line: index + 2,
      cells: [`01/07/2026 00:${String(minute).padStart(2, '0')}`, '1,5', '230', ''],
    })),
    reading: {
      channels: given.values.channels.map(({ label, name, unit }) => ({ label, name, unit })),
      rows: [0, 15, 30, 45].map((minute) => ({
        time: `2026-06-30T22:${String(minute).padStart(2, '0')}:00.000Z`,
        values: [1.5 * factor, 230],
      })),
      problems: [],
      error: null,
    },
  };
}

const saved: ImportMapping = {
  id: uuid(710),
  name: 'Hall logger',
  mapping: { ...mapping, device: 'LOGGER-7' },
  header: ['Time', 'Hall [kW]', 'Voltage (V)', 'Note'],
  files: 'hall/logger-7/*.csv',
  savedBy: me,
  savedAt: ago(86_400_000),
};

function fileOf(index: number, status: 'imported' | 'rejected'): ImportFileSummary {
  return {
    id: uuid(720 + index),
    runId: uuid(750),
    path: `north/02001084/T302_26070${String(index)}.tsv`,
    site: 'north',
    device: status === 'imported' ? '02001084' : null,
    format: status === 'imported' ? 'MV_T302_V002' : null,
    status,
    errorCode: status === 'imported' ? null : 'METER_FILE_FORMAT_UNKNOWN',
    rows: status === 'imported' ? 1_440 : 0,
    points: status === 'imported' ? 2_878 : 0,
    rejectedRows: status === 'imported' ? 2 : 0,
    rejectedValues: status === 'imported' ? 2 : 0,
    importedAt: ago(index * 3_600_000),
  };
}

export const importRunId = uuid(750);

const run: ImportRunSummary = {
  id: importRunId,
  trigger: 'upload',
  account: me,
  startedAt: ago(3_600_000),
  finishedAt: ago(3_595_000),
  totals: {
    files: 9,
    imported: 8,
    rejected: 1,
    unchanged: 0,
    rows: 11_520,
    points: 23_024,
    rejectedRows: 16,
    rejectedValues: 16,
  },
};

const folder: ImportSource = {
  kind: 'folder',
  location: '/data/import',
  lookedAt: ago(40_000),
  nextLookAt: ago(-20_000),
  busy: false,
  waiting: 0,
  stuckFiles: 0,
  stuckReason: null,
  problems: [{ path: 'north/02001084/T302.tsv', reason: 'is a link; links are not followed' }],
  problemCount: 1,
  error: null,
};

const sources: ImportSource[] = [
  folder,
  {
    ...folder,
    kind: 'sftp',
    location: 'sftp://abc0001@sftp.portal.example.com:2022/',
    problems: [],
    problemCount: 0,
    error: {
      code: 'SFTP_HOST_KEY_REFUSED',
      message:
        'The host key of the SFTP server is not the expected one: sftp.portal.example.com shows SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU (ssh-ed25519), which is not SFTP_HOST_KEY',
      remedy: 'Compare the fingerprint in the message with what `ssh-keygen -lf` prints on the server.',
      at: ago(40_000),
    },
  },
];

/** The portal's API of the imports. What is changed is remembered, as far as the pages show it. */
export function importsApi(options: { empty?: boolean } = {}): FakeApi {
  const all = Array.from({ length: 9 }, (_, index) =>
    fileOf(index + 1, index === 3 ? 'rejected' : 'imported'),
  );
  const files = options.empty ? [] : all;
  const runs = options.empty ? [] : [run];
  let uploads = options.empty ? [] : [ready, table];
  let asked = 0;
  const reads: FakeApi = ({ path, query }) => {
    if (path === '/api/imports/runs') return { runs, total: runs.length };
    if (path === `/api/imports/runs/${run.id}`) return { ...run, unrecorded: [] };
    if (path === '/api/imports/files') {
      const found = files.filter(
        (file) =>
          (query.get('status') ?? file.status) === file.status &&
          file.path.toLowerCase().includes((query.get('q') ?? '').toLowerCase()),
      );
      return { files: found, total: found.length };
    }
    if (path === '/api/imports/sources') return { sources: options.empty ? [] : sources };
    if (path === '/api/imports/choices') return { sites: ['north', 'south'], devices: ['02001084'] };
    if (path === '/api/imports/uploads') return { uploads, maxBytes: 1_000_000 };
    if (path === '/api/imports/mappings') return { mappings: options.empty ? [] : [saved] };
    if (path === '/api/sites')
      return {
        sites: [
          { id: 'north-id', slug: 'north', name: 'North plant', timeZone: 'UTC' },
          { id: 'south-id', slug: 'south', name: 'South plant', timeZone: 'UTC' },
        ],
      };
    const file = files.find(({ id }) => path === `/api/imports/files/${id}`);
    if (file === undefined) return undefined;
    const own = file.status === 'imported' ? report : refusedReport;
    return {
      ...file,
      report: own,
      uploadedBy: me,
      hasOriginal: true,
      originalRemovedAt: null,
    } satisfies ImportFileDetail;
  };
  return (request) => {
    const { method, path, query, body } = request;
    if (method === 'GET') return reads(request);
    if (method === 'POST' && path === '/api/imports/uploads') {
      asked += 1;
      const added = {
        ...ready,
        id: uuid(760 + asked),
        name: query.get('name') ?? '',
        site: query.get('site'),
      };
      uploads = [...uploads, added];
      return added;
    }
    if (method === 'POST' && path === '/api/imports/uploads/import') {
      const { ids } = body as { ids: string[] };
      uploads = uploads.filter(({ id }) => !ids.includes(id));
      return { runId: run.id };
    }
    if (method === 'POST' && path.endsWith('/sample')) {
      return sampleOf((body as { mapping?: ColumnMapping }).mapping ?? mapping);
    }
    if (method === 'POST' && path.endsWith('/retry')) return { runId: run.id };
    if (method === 'PUT' && path === '/api/imports/mappings') return saved;
    const id = path.split('/').at(-1);
    if (method === 'DELETE') {
      uploads = uploads.filter((upload) => upload.id !== id);
      return {};
    }
    if (method !== 'PATCH') return undefined;
    uploads = uploads.map((upload) =>
      upload.id === id ? { ...upload, ...(body as Partial<ImportUpload>), report, state: 'ready' } : upload,
    );
    return uploads.find((upload) => upload.id === id);
  };
}
