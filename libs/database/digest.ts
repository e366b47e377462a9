/**
 * Columns `count` and `hash` of a set of measurements: equal sets give equal columns, in any order of the rows.
 * Portal and Admin compare what they hold with it, so both must use this one expression.
 */
export const measurementDigest = `count(*)::int AS count,
  bit_xor(hashfloat8extended(value, (extract(epoch FROM time) * 1000)::bigint))::text AS hash`;
