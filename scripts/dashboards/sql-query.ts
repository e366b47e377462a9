import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/dashboard';

/** `time_series`: columns `time, metric, value`, or `time` and one number per line. `table`: any. */
export type SqlFormat = 'time_series' | 'table';

/** A question to PostgreSQL, for which the foundation SDK has no type of its own. */
export class SqlQuery implements Builder<Dataquery> {
  constructor(
    private readonly datasource: DataSourceRef,
    private readonly refId: string,
    private readonly format: SqlFormat,
    private readonly rawSql: string,
  ) {}

  build(): Dataquery {
    const { datasource, refId, format, rawSql } = this;
    const query = { refId, datasource, format, rawSql, rawQuery: true, editorMode: 'code' };
    return { ...query, _implementsDataqueryVariant: () => undefined };
  }
}
