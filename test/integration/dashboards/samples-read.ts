import { expect } from 'vitest';
import type { DataSource } from 'typeorm';
import { asReader } from './as-reader.js';

/** Rows that the statement reads of the hypertable of samples, by its own account. */
export async function samplesRead(dataSource: DataSource, sql: string): Promise<number> {
  const chunks: { name: string }[] = await dataSource.query(
    `SELECT chunk_name AS name FROM timescaledb_information.chunks WHERE hypertable_name = 'measurement'`,
  );
  const raw = new Set(chunks.map(({ name }) => name));
  expect(raw.size).toBeGreaterThan(3);
  const [plan]: { 'QUERY PLAN': { Plan: PlanNode }[] }[] = await asReader(dataSource, (reader) =>
    reader.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`),
  );
  const nodes = nodesOf(plan?.['QUERY PLAN'][0]?.Plan);
  expect(nodes.length).toBeGreaterThan(0);
  return nodes
    .filter((node) => raw.has(node['Relation Name'] ?? ''))
    .reduce((sum, node) => sum + (node['Actual Rows'] ?? 0) * (node['Actual Loops'] ?? 0), 0);
}

interface PlanNode {
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  Plans?: PlanNode[];
}

function nodesOf(node: PlanNode | undefined): PlanNode[] {
  return node === undefined ? [] : [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
