import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useScrollFocus } from './use-scroll-focus.js';
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
  /** What `onSort` is told when this heading is chosen; without it the column does not sort. */
  sortKey?: string;
}

/** The order that the rows have, as the server was asked for it. */
export interface Sorting {
  by: string;
  order: 'asc' | 'desc';
}

interface Props<Row> {
  /** Accessible name of the table. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Few short columns that fit a phone stay a table there. */
  compact?: boolean;
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  /** Other rows are on their way; these stay until they arrive. */
  busy?: boolean;
}

/** From here on the columns stand closer together. */
const manyColumns = 8;

/** A dense table; on a narrow screen every row becomes a card of label and value lines. */
export function DataTable<Row>(props: Props<Row>) {
  const { label, columns, rows, rowKey, compact, sorting, onSort, busy } = props;
  const scroll = useScrollFocus();
  return (
    <div className={styles.scroll} ref={scroll}>
      <table
        className={styles.table}
        data-compact={compact}
        data-dense={columns.length >= manyColumns}
        aria-label={label}
        aria-busy={busy}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.header} column={column} sorting={sorting} onSort={onSort} />
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

interface HeadingProps<Row> {
  column: Column<Row>;
  sorting: Sorting | undefined;
  onSort: ((sorting: Sorting) => void) | undefined;
}

function Heading<Row>({ column, sorting, onSort }: HeadingProps<Row>) {
  const { header, numeric, sortKey } = column;
  if (sortKey === undefined || onSort === undefined) {
    return (
      <th scope="col" data-numeric={numeric}>
        {header}
      </th>
    );
  }
  const order = sorting?.by === sortKey ? sorting.order : undefined;
  const Icon = order === 'asc' ? IconArrowUp : IconArrowDown;
  return (
    <th scope="col" data-numeric={numeric} aria-sort={ariaSort(order)}>
      <button
        type="button"
        className={styles.sort}
        onClick={() => onSort({ by: sortKey, order: order === 'asc' ? 'desc' : 'asc' })}
      >
        {header}
        {order !== undefined && <Icon size={13} aria-hidden />}
      </button>
    </th>
  );
}

function ariaSort(order: Sorting['order'] | undefined) {
  if (order === undefined) return 'none';
  return order === 'asc' ? 'ascending' : 'descending';
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const content = column.cell(row);
  if (column.rowHeader) {
    return (
      <th scope="row" data-wrap={column.wrap}>
        {content}
      </th>
    );
  }
  return (
    <td data-label={column.header} data-numeric={column.numeric} data-wrap={column.wrap}>
      {content}
    </td>
  );
}
