export { buildStack, defaultImages, type Stack } from './build-stack.js';
export { envValues, parseEnvFile } from './env-file.js';
export { newTenant, tenantYaml } from './new-tenant-yaml.js';
export { parseTenantSpec } from './parse-tenant-spec.js';
export { hasChanges, plan, type CurrentFile, type DiffLine, type FilePlan } from './plan.js';
export { render, type RenderedFile, type Templates } from './render.js';
export { slugOf, tenantCode } from './tenant-code.js';
export { tenantSecrets, type TenantSecrets } from './tenant-secrets.js';
export type { TenantSpec } from './tenant-spec.js';
