import { Body, Controller, Get, Put } from '@nestjs/common';
import { importPolicy, type ImportPolicy } from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse } from '#libs/nest-kit';
import { ImportPolicyService } from './import-policy.service.js';

@Controller('api/settings/import-policy')
export class ImportPolicyController {
  constructor(private readonly policy: ImportPolicyService) {}

  @Describe({
    summary: 'What imports do with devices that nobody knows',
    section: 'imports',
    answer: importPolicy,
  })
  @Get()
  read(): Promise<ImportPolicy> {
    return this.policy.read();
  }

  @Describe({
    summary: 'Set what imports do with devices that nobody knows',
    section: 'imports',
    answer: importPolicy,
  })
  @Put()
  change(
    @Body(parse(importPolicy)) policy: ImportPolicy,
    @CurrentActor() actor: Actor,
  ): Promise<ImportPolicy> {
    return this.policy.change(policy, actor);
  }
}
