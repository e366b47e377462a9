import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AddApiTokenBody, AddedApiToken, ApiToken } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { createSecretToken, type Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { insertApiToken, revokeApiToken, selectApiTokens } from './api-tokens.queries.js';
import { apiTokenKind } from './token-recognition.js';

/** The tokens of programs. A token is in the answer that makes it and nowhere else. */
@Injectable()
export class ApiTokensService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  list(): Promise<ApiToken[]> {
    return selectApiTokens(this.dataSource, null);
  }

  add(body: AddApiTokenBody, actor: Actor): Promise<AddedApiToken> {
    return this.dataSource.transaction(async (manager) => {
      const secret = createSecretToken(apiTokenKind);
      const id = await insertApiToken(manager, body, secret, actor.account);
      const [token] = await selectApiTokens(manager, id);
      if (token === undefined) throw new Error('the token was written a moment ago');
      const end = body.expiresInDays === null ? 'no end' : `ends in ${body.expiresInDays} days`;
      await this.audit.record(manager, {
        ...actor,
        action: 'api-token.added',
        subject: body.name,
        summary: `Added API token "${body.name}" (${token.prefix}…): ${body.scopes.join(', ')}; ${end}`,
      });
      return { token, secret };
    });
  }

  /**
   * Revokes the token at once. Done twice it changes nothing.
   * @throws CodedError NOT_FOUND
   */
  async revoke(id: string, actor: Actor): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [token] = await selectApiTokens(manager, id);
      if (token === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such token' });
      if (!(await revokeApiToken(manager, id))) return;
      await this.audit.record(manager, {
        ...actor,
        action: 'api-token.revoked',
        subject: token.name,
        summary: `Revoked API token "${token.name}" (${token.prefix}…)`,
      });
    });
  }
}
