import { Body, Controller, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { channelChange, newChannel, type ChannelChange, type NewChannel } from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { ChannelChangeService } from './channel-change.service.js';

const uid = parse(z.uuid());

@Roles('admin', 'editor')
@Controller('api')
export class ChannelChangeController {
  constructor(private readonly channels: ChannelChangeService) {}

  @Describe({ summary: 'Add a channel to a device', answer: z.object({ id: z.uuid() }) })
  @Post('devices/:id/channels')
  create(
    @Param('id', uid) deviceId: string,
    @Body(parse(newChannel)) body: NewChannel,
    @CurrentActor() actor: Actor,
  ): Promise<{ id: string }> {
    return this.channels.create(deviceId, body, actor);
  }

  @Describe({ summary: 'Change a channel' })
  @Patch('channels/:id')
  @HttpCode(204)
  edit(
    @Param('id', uid) id: string,
    @Body(parse(channelChange)) change: ChannelChange,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.channels.edit(id, change, actor);
  }
}
