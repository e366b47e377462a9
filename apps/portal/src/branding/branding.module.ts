import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { BrandPicturesController } from './brand-pictures.controller.js';
import { BrandPicturesService } from './brand-pictures.service.js';
import { BrandingController } from './branding.controller.js';
import { BrandingService } from './branding.service.js';
import { PictureStore } from './picture-store.js';
import { PictureUploads } from './picture-upload.js';

@Module({
  imports: [AuditModule],
  controllers: [BrandingController, BrandPicturesController],
  providers: [BrandingService, BrandPicturesService, PictureStore, PictureUploads],
  exports: [BrandingService],
})
export class BrandingModule {}
