import type { ApiToken } from '#libs/contracts';
import {
  AdminButton,
  ConfirmDialog,
  DataTable,
  missing,
  RelativeTime,
  StatusBadge,
  useDialog,
  useWords,
  type Column,
  type StatusTone,
  type Translate,
} from '#libs/ui';
import { apiTokensKey, revokeApiToken } from './api-tokens.queries.js';
import { scopeLabels, scopes } from './scopes.js';
import { apiTokenWords } from './words.js';

type Words = Translate<typeof apiTokenWords>;

const tones: Record<ApiToken['status'], StatusTone> = {
  valid: 'good',
  expired: 'neutral',
  revoked: 'neutral',
};

export function ApiTokensTable({ tokens }: { tokens: readonly ApiToken[] }) {
  const t = useWords(apiTokenWords);
  return <DataTable label={t('title')} columns={columns(t)} rows={tokens} rowKey={({ id }) => id} />;
}

function columns(t: Words): Column<ApiToken>[] {
  return [
    { header: t('name'), rowHeader: true, wrap: true, cell: ({ name }) => name },
    { header: t('scopes'), wrap: true, cell: (token) => allowed(token, t) },
    {
      header: t('status'),
      cell: ({ status }) => <StatusBadge tone={tones[status]}>{t(status)}</StatusBadge>,
    },
    { header: t('beginsWith'), cell: ({ prefix }) => <code>{prefix}…</code> },
    { header: t('created'), cell: ({ createdAt }) => <RelativeTime value={createdAt} /> },
    { header: t('createdBy'), cell: ({ createdBy }) => createdBy },
    {
      header: t('lastUsed'),
      cell: ({ lastUsedAt }) => <RelativeTime value={lastUsedAt} otherwise={t('never')} />,
    },
    {
      header: t('ends'),
      cell: ({ revokedAt, expiresAt }) => (
        <RelativeTime value={revokedAt ?? expiresAt} otherwise={t('never')} />
      ),
    },
    { header: t('action'), cell: (token) => <Revoke token={token} /> },
  ];
}

function allowed(token: ApiToken, t: Words): string {
  return scopes
    .filter((scope) => token.scopes.includes(scope))
    .map((scope) => t(scopeLabels[scope]))
    .join(', ');
}

function Revoke({ token }: { token: ApiToken }) {
  const t = useWords(apiTokenWords);
  const dialog = useDialog({ run: () => revokeApiToken(token.id), refreshes: apiTokensKey });
  const { name, status } = token;
  if (status !== 'valid') return missing;
  return (
    <>
      <AdminButton
        variant="default"
        size="compact-xs"
        aria-label={t('revokeNamed', { name })}
        onClick={dialog.open}
      >
        {t('revoke')}
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={t('revokeAsk', { name })} action={t('revokeNow')} danger>
        {t('revokeEffect')}
      </ConfirmDialog>
    </>
  );
}
