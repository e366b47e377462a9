import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  activityQuery,
  customerCode,
  ingestEventsQuery,
  type CustomerActivity,
  type CustomerSite,
  type IngestEventPage,
  type IngestEventsQuery,
} from '#libs/contracts';
import { parse } from '#libs/nest-kit';
import { ActivityService } from './activity.service.js';

const code = parse(customerCode);

/** What a customer pushes. */
@Controller('api/customers/:code')
export class ActivityController {
  constructor(private readonly activity: ActivityService) {}

  @Get('events')
  events(
    @Param('code', code) customer: string,
    @Query(parse(ingestEventsQuery)) query: IngestEventsQuery,
  ): Promise<IngestEventPage> {
    return this.activity.events(customer, query);
  }

  @Get('activity')
  overTime(
    @Param('code', code) customer: string,
    @Query(parse(activityQuery)) { hours }: z.infer<typeof activityQuery>,
  ): Promise<CustomerActivity> {
    return this.activity.overTime(customer, hours);
  }

  @Get('sites')
  async sites(@Param('code', code) customer: string): Promise<{ sites: CustomerSite[] }> {
    return { sites: await this.activity.sites(customer) };
  }
}
