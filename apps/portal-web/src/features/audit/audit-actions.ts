import type { PortalAuditAction } from '#libs/contracts';
import type { Translate, WordKey } from '#libs/ui';
import type { auditWords } from './words.js';

/** What every action is called. */
const actionNames = {
  'session.signed-in': 'sessionSignedIn',
  'session.signed-out': 'sessionSignedOut',
  'session.revoked': 'sessionRevoked',
  'account.added': 'accountAdded',
  'account.edited': 'accountEdited',
  'account.disabled': 'accountDisabled',
  'account.enabled': 'accountEnabled',
  'account.removed': 'accountRemoved',
  'account.password-set': 'accountPasswordSet',
  'account.password-changed': 'accountPasswordChanged',
  'branding.changed': 'brandingChanged',
  'branding.reset': 'brandingReset',
  'site.created': 'siteCreated',
  'site.edited': 'siteEdited',
  'site.archived': 'siteArchived',
  'site.restored': 'siteRestored',
  'site.deleted': 'siteDeleted',
  'device.created': 'deviceCreated',
  'device.edited': 'deviceEdited',
  'device.deleted': 'deviceDeleted',
  'channel.created': 'channelCreated',
  'channel.edited': 'channelEdited',
  'channel.deleted': 'channelDeleted',
  'api-token.added': 'apiTokenAdded',
  'api-token.revoked': 'apiTokenRevoked',
  'import.started': 'importStarted',
  'import.uploaded': 'importUploaded',
  'import.retried': 'importRetried',
  'import-mapping.saved': 'importMappingSaved',
  'import-mapping.removed': 'importMappingRemoved',
  'municipality.saved': 'municipalitySaved',
  'municipality.removed': 'municipalityRemoved',
  'tariff.saved': 'tariffSaved',
  'tariff.removed': 'tariffRemoved',
  'alert-destination.added': 'alertDestinationAdded',
  'alert-destination.edited': 'alertDestinationEdited',
  'alert-destination.removed': 'alertDestinationRemoved',
  'alert-destination.tested': 'alertDestinationTested',
  'settings.changed': 'settingsChanged',
} satisfies Record<PortalAuditAction, WordKey<typeof auditWords>>;

/** The record may be newer than this page: what it does not know stays as it is. */
export function actionName(action: string, t: Translate<typeof auditWords>): string {
  return isAction(action) ? t(actionNames[action]) : action;
}

/** For a list to choose from. */
export function actionChoices(t: Translate<typeof auditWords>): { value: string; label: string }[] {
  return Object.entries(actionNames).map(([value, name]) => ({ value, label: t(name) }));
}

/** An action as an address names it; undefined when there is none of that name. */
export function readAction(text: string | null): PortalAuditAction | undefined {
  return text !== null && isAction(text) ? text : undefined;
}

function isAction(text: string): text is PortalAuditAction {
  return Object.hasOwn(actionNames, text);
}
