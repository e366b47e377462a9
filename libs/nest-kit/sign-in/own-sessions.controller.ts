import { Controller, Delete, Get, HttpCode, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ownSession, type OwnSession } from '#libs/contracts';
import { parse } from '../parse.pipe.js';
import { Describe } from '../routes/describe.decorator.js';
import { everyRole, Roles } from './roles.decorator.js';
import { SessionEvents } from './session-events.js';
import { Sessions } from './sessions.js';
import { signedIn } from './signed-in.js';

const sessionId = parse(z.uuid());

/** Where one is signed in oneself, whatever one's role is. */
@Roles(...everyRole)
@Controller('api/sessions')
export class OwnSessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly events: SessionEvents,
  ) {}

  @Describe({ summary: 'List where one is signed in', answer: z.object({ sessions: z.array(ownSession) }) })
  @Get()
  async list(@Req() request: FastifyRequest): Promise<{ sessions: OwnSession[] }> {
    return { sessions: await this.sessions.list(signedIn(request).id, request.session.sessionId) };
  }

  /** Ends all but the one of this request. */
  @Describe({ summary: "End all of one's sessions but this" })
  @Delete()
  @HttpCode(204)
  async endOthers(@Req() request: FastifyRequest): Promise<void> {
    const account = signedIn(request);
    await this.sessions.change(async (manager) => {
      const ended = await this.sessions.endAll(manager, account.id, request.session.sessionId);
      if (ended === 0) return;
      await this.events.tell(manager, { kind: 'revoked', account, requestId: request.id });
    });
  }

  @Describe({ summary: "End one of one's sessions" })
  @Delete(':id')
  @HttpCode(204)
  async end(@Req() request: FastifyRequest, @Param('id', sessionId) id: string): Promise<void> {
    const account = signedIn(request);
    await this.sessions.change(async (manager) => {
      await this.sessions.endOne(manager, account.id, id);
      await this.events.tell(manager, { kind: 'revoked', account, requestId: request.id });
    });
  }
}
