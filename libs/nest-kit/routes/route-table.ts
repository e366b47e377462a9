import { Inject, Injectable, RequestMethod, type Type } from '@nestjs/common';
import {
  HTTP_CODE_METADATA,
  METHOD_METADATA,
  PATH_METADATA,
  ROUTE_ARGS_METADATA,
} from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { z } from 'zod';
import type { ApiTokenScope } from '#libs/contracts';
import { ParsePipe } from '../parse.pipe.js';
import type { AccountRole } from '../sign-in/account.entity.js';
import { publicRoute } from '../sign-in/public.decorator.js';
import type { AccessRules } from '../sign-in/role.guard.js';
import { routeRoles } from '../sign-in/roles.decorator.js';
import { safeMethods } from '../sign-in/safe-methods.js';
import { routeScopes } from '../sign-in/scopes.decorator.js';
import { ACCESS_RULES } from '../tokens.js';
import { routeDescription, type RouteDescription } from './describe.decorator.js';

/** A route of a controller, as its decorators and the schemas of its parameters have it. */
export interface Route {
  /** `GET`. */
  method: string;
  /** `/api/sites/:id`. */
  path: string;
  /** Name of the method that answers. */
  handler: string;
  /** Status of an answer that went well. */
  status: number;
  /** Open to everybody. */
  isPublic: boolean;
  /** Roles that may use it with a session; undefined for every role. */
  roles: readonly AccountRole[] | undefined;
  /** An API token with one of these scopes may use it. */
  scopes: readonly ApiTokenScope[];
  body: z.ZodType | undefined;
  query: z.ZodType | undefined;
  /** By name; undefined where any text will do. */
  params: Readonly<Record<string, z.ZodType | undefined>>;
  description: RouteDescription | undefined;
}

/** What `@Body()`, `@Query()` and `@Param()` leave behind. */
interface Argument {
  data: string | undefined;
  pipes: readonly unknown[];
}

/** Every route of the app's controllers. */
@Injectable()
export class RouteTable {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
    @Inject(ACCESS_RULES) private readonly rules: AccessRules,
  ) {}

  /** Ordered by controller, each in the order of its methods. */
  list(): Route[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      const controller = metatype as Type;
      return this.scanner
        .getAllMethodNames(controller.prototype as object)
        .map((name) => this.describe(controller, name))
        .filter((route) => route !== undefined);
    });
  }

  private describe(controller: Type, name: string): Route | undefined {
    const handler = (controller.prototype as Record<string, () => unknown>)[name] as () => unknown;
    const requestMethod = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (requestMethod === undefined) return undefined;
    const method = RequestMethod[requestMethod];
    const own = (key: string): unknown => this.reflector.getAllAndOverride(key, [handler, controller]);
    const status = Reflect.getMetadata(HTTP_CODE_METADATA, handler) as number | undefined;
    return {
      method,
      path: joinPath(pathOf(controller), pathOf(handler)),
      handler: name,
      status: status ?? (method === 'POST' ? 201 : 200),
      isPublic: own(publicRoute) === true,
      roles:
        (own(routeRoles) as readonly AccountRole[] | undefined) ??
        (safeMethods.has(method) ? undefined : this.rules.changes),
      scopes: (own(routeScopes) as readonly ApiTokenScope[] | undefined) ?? [],
      ...schemasOf(controller, name),
      description: own(routeDescription) as RouteDescription | undefined,
    };
  }
}

function schemasOf(controller: Type, name: string): Pick<Route, 'body' | 'query' | 'params'> {
  const given = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) as
    | Record<string, Argument>
    | undefined;
  // Keys are `<kind>:<index>`; those of our own decorators have no number for a kind.
  const all = Object.entries(given ?? {}).map(([key, argument]) => ({
    kind: Number(key.split(':')[0]) as RouteParamtypes,
    ...argument,
  }));
  const of = (kind: RouteParamtypes) => all.filter((argument) => argument.kind === kind);
  return {
    body: schemaOf(of(RouteParamtypes.BODY)[0]),
    query: schemaOf(of(RouteParamtypes.QUERY)[0]),
    params: Object.fromEntries(
      of(RouteParamtypes.PARAM).map((argument) => [argument.data, schemaOf(argument)]),
    ),
  };
}

function schemaOf(argument: Argument | undefined): z.ZodType | undefined {
  return argument?.pipes.find((pipe) => pipe instanceof ParsePipe)?.schema;
}

function pathOf(target: object): string {
  const path = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined;
  return [path].flat()[0] ?? '';
}

function joinPath(...parts: string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;
}
