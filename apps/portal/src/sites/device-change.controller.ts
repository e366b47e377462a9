import { Body, Controller, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { deviceChange, newDevice, type DeviceChange, type NewDevice } from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { DeviceChangeService } from './device-change.service.js';

const uid = parse(z.uuid());

@Roles('admin', 'editor')
@Controller('api')
export class DeviceChangeController {
  constructor(private readonly devices: DeviceChangeService) {}

  @Describe({ summary: 'Add a device to a site', answer: z.object({ id: z.uuid() }) })
  @Post('sites/:id/devices')
  create(
    @Param('id', uid) siteId: string,
    @Body(parse(newDevice)) body: NewDevice,
    @CurrentActor() actor: Actor,
  ): Promise<{ id: string }> {
    return this.devices.create(siteId, body, actor);
  }

  @Describe({ summary: 'Change a device' })
  @Patch('devices/:id')
  @HttpCode(204)
  edit(
    @Param('id', uid) id: string,
    @Body(parse(deviceChange)) change: DeviceChange,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.devices.edit(id, change, actor);
  }
}
