import { Body, Controller, Get, Put } from '@nestjs/common';
import { importPolicy, type ImportPolicy } from '#libs/contracts';
import { CurrentActor, parse, type Actor } from '#libs/nest-kit';
import { ImportPolicyService } from './import-policy.service.js';

@Controller('api/settings/import-policy')
export class ImportPolicyController {
  constructor(private readonly policy: ImportPolicyService) {}

  @Get()
  read(): Promise<ImportPolicy> {
    return this.policy.read();
  }

  @Put()
  change(
    @Body(parse(importPolicy)) policy: ImportPolicy,
    @CurrentActor() actor: Actor,
  ): Promise<ImportPolicy> {
    return this.policy.change(policy, actor);
  }
}
