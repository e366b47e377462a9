import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  customerCode,
  registerCustomerBody,
  type CustomerSummary,
  type CustomerWithToken,
  type IngestEvent,
  type RegisterCustomerBody,
} from '#libs/contracts';
import { parse } from '#libs/nest-kit';
import { CustomersService } from './customers.service.js';

const eventsQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) });

@Controller('api/customers')
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  @Get()
  async list(): Promise<{ customers: CustomerSummary[] }> {
    return { customers: await this.customers.list() };
  }

  @Post()
  @Header('cache-control', 'no-store')
  register(@Body(parse(registerCustomerBody)) body: RegisterCustomerBody): Promise<CustomerWithToken> {
    return this.customers.register(body);
  }

  @Get(':code')
  find(@Param('code', parse(customerCode)) code: string): Promise<CustomerSummary> {
    return this.customers.find(code);
  }

  @Post(':code/tokens')
  @Header('cache-control', 'no-store')
  addToken(@Param('code', parse(customerCode)) code: string): Promise<CustomerWithToken> {
    return this.customers.addToken(code);
  }

  @Get(':code/events')
  async events(
    @Param('code', parse(customerCode)) code: string,
    @Query(parse(eventsQuery)) query: z.infer<typeof eventsQuery>,
  ): Promise<{ events: IngestEvent[] }> {
    return { events: await this.customers.events(code, query.limit) };
  }
}
