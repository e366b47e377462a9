import { queryOptions } from '@tanstack/react-query';
import type { AddTokenBody, CustomerToken, CustomerWithToken, RotateTokenBody } from '#libs/contracts';
import { api } from '#libs/ui';
import { customerKey, customerPath } from '../customers/customers.queries.js';

export function tokensQuery(code: string) {
  return queryOptions({
    queryKey: [...customerKey(code), 'tokens'],
    queryFn: ({ signal }) => api.get<{ tokens: CustomerToken[] }>(customerPath(code, '/tokens'), { signal }),
    refetchInterval: 10_000,
  });
}

export function addToken(code: string, body: AddTokenBody): Promise<CustomerWithToken> {
  return api.post(customerPath(code, '/tokens'), body);
}

export function rotateToken(code: string, body: RotateTokenBody): Promise<CustomerWithToken> {
  return api.post(customerPath(code, '/tokens/rotate'), body);
}

export function revokeToken(code: string, id: string): Promise<void> {
  return api.delete(customerPath(code, `/tokens/${encodeURIComponent(id)}`));
}
