export { database as tenantDatabase, ports as tenantPorts, tenantNames } from './blueprints/portal/names.js';
export { planStack, type ServicePlan, type StackPlan } from './changes/plan-stack.js';
export { envLiteral, envValues, parseEnvFile } from './env-file.js';
export {
  buildHostStack,
  hostNetworks,
  hostSecrets,
  hostStacks,
  isWanted,
  type HostStackName,
} from './build-host-stack.js';
export { buildStack, defaultImages, type HostSettings, type Stack } from './build-stack.js';
export { sftpApiAddress, sftpPorts, traefikAddress, sftpAddress } from './edge-settings.js';
export { sftpAdmin, sftpData } from './blueprints/sftp.js';
export { sshHostKey } from './host-key.js';
export type { CertificatePair, HostFacts } from './host-facts.js';
export { defaultHostImages } from './host-images.js';
export type { HostSpec } from './host-spec.js';
export { hostYaml, newHost } from './new-host-yaml.js';
export { newTenant, tenantYaml } from './new-tenant-yaml.js';
export { edgeOf, hostNames, parseHostSpec } from './parse-host-spec.js';
export { parseTenantSpec } from './parse-tenant-spec.js';
export { hasChanges, plan, type CurrentFile, type DiffLine, type FilePlan } from './plan.js';
export { alertProblems, portalSettings } from './portal-settings.js';
export { generatedMarker, render, type RenderedFile, type Templates } from './render.js';
export { slugOf, tenantCode } from './tenant-code.js';
export { secretFile, tenantSecrets, type TenantSecretName, type TenantSecrets } from './tenant-secrets.js';
export { backupStorePattern, type TenantSpec } from './tenant-spec.js';
export { formatSubnet, freeSubnet, parseSubnet } from './subnet.js';
