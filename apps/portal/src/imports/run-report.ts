import type { EntityManager } from 'typeorm';
import type { ImportRunDetail } from '#libs/contracts';
import { selectReports } from './run-report.queries.js';

const filesPerQuery = 100;

/**
 * The report of a run as JSON, in pieces: a run may have more files than fit into memory. It is made of what the database
 * holds, so it can be made again at any time.
 */
export async function* runReportText(
  database: Pick<EntityManager, 'query'>,
  { unrecorded, totals, ...run }: ImportRunDetail,
): AsyncGenerator<string> {
  yield `{\n"dryRun": false,\n"run": ${JSON.stringify(run)},\n"totals": ${JSON.stringify(totals)},\n"files": [`;
  let separator = '\n';
  let after: string | null = null;
  for (;;) {
    const page = await selectReports(database, run.id, after, filesPerQuery);
    for (const { report } of page) {
      yield separator + JSON.stringify(report);
      separator = ',\n';
    }
    if (page.length < filesPerQuery) break;
    after = page.at(-1)?.id ?? null;
  }
  for (const report of unrecorded) {
    yield separator + JSON.stringify(report);
    separator = ',\n';
  }
  yield '\n]\n}\n';
}
