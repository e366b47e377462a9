import { Body, Controller, Delete, Get, Header, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  brandingImageTypes,
  branding,
  brandingBody,
  type Branding,
  type BrandingBody,
} from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Public } from '#libs/nest-kit';
import { BrandPicturesService } from './brand-pictures.service.js';
import { BrandingService } from './branding.service.js';
import { readPicture } from './picture-upload.js';

const pictureBody = `The body is the picture itself: ${brandingImageTypes.join(', ')}.`;

/** The portal's looks: anyone may see them, admins change them. */
@Controller('api/branding')
export class BrandingController {
  constructor(
    private readonly branding: BrandingService,
    private readonly pictures: BrandPicturesService,
  ) {}

  @Describe({ summary: 'Name, colours, pictures and footer of the portal', answer: branding })
  @Public()
  @Get()
  @Header('cache-control', 'no-cache')
  current(): Promise<Branding> {
    return this.branding.current();
  }

  @Describe({ summary: 'Change name, colours and footer', answer: branding })
  @Put()
  change(@Body(parse(brandingBody)) body: BrandingBody, @CurrentActor() actor: Actor): Promise<Branding> {
    return this.branding.change(body, actor);
  }

  /** Resets everything. */
  @Describe({ summary: 'Go back to the looks that the portal came with', answer: branding })
  @Delete()
  reset(@CurrentActor() actor: Actor): Promise<Branding> {
    return this.branding.reset(actor);
  }

  @Describe({ summary: 'Set the logo', details: pictureBody, answer: branding })
  @Put('logo')
  async setLogo(@Req() { body }: FastifyRequest, @CurrentActor() actor: Actor): Promise<Branding> {
    return this.pictures.setLogo(await readPicture(body), actor);
  }

  @Describe({ summary: 'Remove the logo', answer: branding })
  @Delete('logo')
  removeLogo(@CurrentActor() actor: Actor): Promise<Branding> {
    return this.pictures.removeLogo(actor);
  }

  @Describe({ summary: 'Set the favicon', details: pictureBody, answer: branding })
  @Put('favicon')
  async setFavicon(@Req() { body }: FastifyRequest, @CurrentActor() actor: Actor): Promise<Branding> {
    return this.pictures.setFavicon(await readPicture(body), actor);
  }

  @Describe({ summary: 'Remove the favicon', answer: branding })
  @Delete('favicon')
  removeFavicon(@CurrentActor() actor: Actor): Promise<Branding> {
    return this.pictures.removeFavicon(actor);
  }
}
