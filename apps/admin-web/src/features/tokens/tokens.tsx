import { Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CustomerToken } from '#libs/contracts';
import {
  AdminButton,
  ConfirmDialog,
  DataTable,
  EmptyState,
  LoadingState,
  missing,
  QueryContent,
  RelativeTime,
  StatusBadge,
  useDialog,
  type Column,
  type StatusTone,
} from '#libs/ui';
import { customerKey } from '../customers/customers.queries.js';
import { AddToken, RotateToken } from './make-token.js';
import { TokenShownOnce } from './token-shown-once.js';
import { revokeToken, tokensQuery } from './tokens.queries.js';

const statuses: Record<CustomerToken['status'], { tone: StatusTone; text: string }> = {
  valid: { tone: 'good', text: 'Valid' },
  expiring: { tone: 'warning', text: 'Ends soon' },
  expired: { tone: 'neutral', text: 'Expired' },
  revoked: { tone: 'neutral', text: 'Revoked' },
};

/** The tokens with which the customer's portal may push. */
export function Tokens({ code }: { code: string }) {
  const query = useQuery(tokensQuery(code));
  const [made, setMade] = useState<string | null>(null);
  return (
    <>
      <Group justify="space-between" p="sm" gap="xs">
        <Text size="sm" c="dimmed" maw={560}>
          Rotate to replace a token without a gap: the old one stays valid until the overlap ends.
        </Text>
        <Group gap="xs">
          <AddToken code={code} onMade={setMade} />
          <RotateToken code={code} onMade={setMade} />
        </Group>
      </Group>
      <QueryContent query={query} loading={<LoadingState what="tokens" />}>
        {({ tokens }) =>
          tokens.length === 0 ? (
            <EmptyState Icon={IconKey} title="No tokens">
              Without one the customer&rsquo;s portal cannot push.
            </EmptyState>
          ) : (
            <DataTable label="Tokens" columns={columnsOf(code)} rows={tokens} rowKey={({ id }) => id} />
          )
        }
      </QueryContent>
      <TokenShownOnce code={code} token={made} onStored={() => setMade(null)} />
    </>
  );
}

function columnsOf(code: string): Column<CustomerToken>[] {
  return [
    { header: 'Name', rowHeader: true, cell: ({ name }) => name },
    {
      header: 'Status',
      cell: ({ status }) => <StatusBadge tone={statuses[status].tone}>{statuses[status].text}</StatusBadge>,
    },
    { header: 'Begins with', cell: ({ prefix }) => <code>{prefix}…</code> },
    { header: 'Created', cell: ({ createdAt }) => <RelativeTime value={createdAt} /> },
    { header: 'Created by', cell: ({ createdBy }) => createdBy ?? missing },
    { header: 'Last used', cell: ({ lastUsedAt }) => <RelativeTime value={lastUsedAt} otherwise="Never" /> },
    { header: 'Ends', cell: (token) => <End token={token} /> },
    { header: 'Action', cell: (token) => <Revoke code={code} token={token} /> },
  ];
}

function End({ token: { revokedAt, expiresAt } }: { token: CustomerToken }) {
  if (revokedAt !== null) return <RelativeTime value={revokedAt} />;
  return <RelativeTime value={expiresAt} otherwise="Never" />;
}

function Revoke({ code, token }: { code: string; token: CustomerToken }) {
  const dialog = useDialog({ run: () => revokeToken(code, token.id), refreshes: customerKey(code) });
  if (token.status === 'expired' || token.status === 'revoked') return missing;
  return (
    <>
      <AdminButton
        variant="default"
        size="compact-xs"
        aria-label={`Revoke ${token.name}`}
        onClick={dialog.open}
      >
        Revoke
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={`Revoke the token ${token.name}?`} action="Revoke now" danger>
        Pushes with it are refused at once. The portal holds what it has until it is given a token that is
        valid.
      </ConfirmDialog>
    </>
  );
}
