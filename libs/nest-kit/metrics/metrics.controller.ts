import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Registry } from 'prom-client';
import { Public } from '../sign-in/public.decorator.js';
import { METRICS_REGISTRY } from '../tokens.js';

/** Prometheus scrapes this from inside the private network; the edge does not route it. */
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(METRICS_REGISTRY) private readonly registry: Registry) {}

  @Get()
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    const text = await this.registry.metrics();
    await reply.type(this.registry.contentType).send(text);
  }
}
