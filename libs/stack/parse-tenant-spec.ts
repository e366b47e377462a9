import { parseSpec } from './parse-spec.js';
import { tenantSpecSchema, type TenantSpec } from './tenant-spec.js';

/**
 * Reads the text of a `tenant.yaml`.
 * @throws CodedError SPEC_INVALID naming every unknown key and bad value by its path, or YAML faults by line and column
 */
export function parseTenantSpec(text: string): TenantSpec {
  return parseSpec(text, { name: 'tenant.yaml', schema: tenantSpecSchema, code: 'SPEC_INVALID' });
}
