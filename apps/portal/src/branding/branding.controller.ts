import { Body, Controller, Delete, Get, Header, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { brandingBody, type Branding, type BrandingBody } from '#libs/contracts';
import { CurrentActor, parse, Public, type Actor } from '#libs/nest-kit';
import { BrandPicturesService } from './brand-pictures.service.js';
import { BrandingService } from './branding.service.js';
import { readPicture } from './picture-upload.js';

/** The portal's looks: anyone may see them, admins change them. */
@Controller('api/branding')
export class BrandingController {
  constructor(
    private readonly branding: BrandingService,
    private readonly pictures: BrandPicturesService,
  ) {}

  @Public()
  @Get()
  @Header('cache-control', 'no-cache')
  current(): Promise<Branding> {
    return this.branding.current();
  }

  @Put()
  change(@Body(parse(brandingBody)) body: BrandingBody, @CurrentActor() actor: Actor): Promise<Branding> {
    return this.branding.change(body, actor);
  }

  /** Resets everything. */
  @Delete()
  reset(@CurrentActor() actor: Actor): Promise<Branding> {
    return this.branding.reset(actor);
  }

  @Put('logo')
  async setLogo(@Req() { body }: FastifyRequest, @CurrentActor() actor: Actor): Promise<Branding> {
    return this.pictures.setLogo(await readPicture(body), actor);
  }

  @Delete('logo')
  removeLogo(@CurrentActor() actor: Actor): Promise<Branding> {
    return this.pictures.removeLogo(actor);
  }

  @Put('favicon')
  async setFavicon(@Req() { body }: FastifyRequest, @CurrentActor() actor: Actor): Promise<Branding> {
    return this.pictures.setFavicon(await readPicture(body), actor);
  }

  @Delete('favicon')
  removeFavicon(@CurrentActor() actor: Actor): Promise<Branding> {
    return this.pictures.removeFavicon(actor);
  }
}
