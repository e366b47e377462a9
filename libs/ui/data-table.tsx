import type { ReactNode } from 'react';
import styles from './data-table.module.css';

export interface Column<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
  /** Names the row; exactly one column should. A link in it makes the whole row a target for the pointer. */
  rowHeader?: boolean;
  /** Numbers and their headings stand at the end of the cell. */
  numeric?: boolean;
  /** Long text may break into lines. */
  wrap?: boolean;
}

interface Props<Row> {
  /** Accessible name of the table. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Few short columns that fit a phone stay a table there. */
  compact?: boolean;
}

/** A dense table; on a narrow screen every row becomes a card of label and value lines. */
export function DataTable<Row>({ label, columns, rows, rowKey, compact }: Props<Row>) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table} data-compact={compact} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ header, numeric }) => (
              <th key={header} scope="col" data-numeric={numeric}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <Cell key={column.header} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const content = column.cell(row);
  if (column.rowHeader) return <th scope="row">{content}</th>;
  return (
    <td data-label={column.header} data-numeric={column.numeric} data-wrap={column.wrap}>
      {content}
    </td>
  );
}
