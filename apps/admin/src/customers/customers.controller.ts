import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { z } from 'zod';
import {
  customerCode,
  customersQuery,
  deleteCustomerQuery,
  editCustomerBody,
  registerCustomerBody,
  type CustomerDetail,
  type CustomerPage,
  type CustomerSize,
  type CustomersQuery,
  type CustomerWithToken,
  type EditCustomerBody,
  type RegisterCustomerBody,
} from '#libs/contracts';
import { type Actor, CurrentActor, parse } from '#libs/nest-kit';
import { customersCsv } from './customers-csv.js';
import type { CustomersFilter } from './customers.queries.js';
import { CustomersService } from './customers.service.js';
import { DeletionService } from './deletion.service.js';

const code = parse(customerCode);
const exportQuery = customersQuery.omit({ page: true, pageSize: true });

@Controller('api/customers')
export class CustomersController {
  constructor(
    private readonly customers: CustomersService,
    private readonly deletion: DeletionService,
  ) {}

  @Get()
  list(@Query(parse(customersQuery)) query: CustomersQuery): Promise<CustomerPage> {
    return this.customers.list(query);
  }

  @Get('export.csv')
  async export(@Query(parse(exportQuery)) query: CustomersFilter): Promise<StreamableFile> {
    return new StreamableFile(customersCsv(await this.customers.listAll(query)), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="customers.csv"',
    });
  }

  @Post()
  @Header('cache-control', 'no-store')
  register(
    @Body(parse(registerCustomerBody)) body: RegisterCustomerBody,
    @CurrentActor() actor: Actor,
  ): Promise<CustomerWithToken> {
    return this.customers.register(body, actor);
  }

  @Get(':code')
  find(@Param('code', code) customer: string): Promise<CustomerDetail> {
    return this.customers.find(customer);
  }

  @Patch(':code')
  edit(
    @Param('code', code) customer: string,
    @Body(parse(editCustomerBody)) body: EditCustomerBody,
    @CurrentActor() actor: Actor,
  ): Promise<CustomerDetail> {
    return this.customers.edit(customer, body, actor);
  }

  @Post(':code/disable')
  @HttpCode(200)
  disable(@Param('code', code) customer: string, @CurrentActor() actor: Actor): Promise<CustomerDetail> {
    return this.customers.setDisabled(customer, true, actor);
  }

  @Post(':code/enable')
  @HttpCode(200)
  enable(@Param('code', code) customer: string, @CurrentActor() actor: Actor): Promise<CustomerDetail> {
    return this.customers.setDisabled(customer, false, actor);
  }

  @Get(':code/size')
  size(@Param('code', code) customer: string): Promise<CustomerSize> {
    return this.deletion.size(customer);
  }

  /** Answers when all is gone, which can take minutes; asked once more it goes on where it was cut off. */
  @Delete(':code')
  @HttpCode(204)
  remove(
    @Param('code', code) customer: string,
    @Query(parse(deleteCustomerQuery)) { confirm }: z.infer<typeof deleteCustomerQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.deletion.remove(customer, confirm, actor);
  }
}
