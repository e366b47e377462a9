import { SetMetadata } from '@nestjs/common';
import type { ApiTokenScope } from '#libs/contracts';

export const routeScopes = 'wattfleet:scopes';

/** Opens the route to API tokens with any of these scopes, beside sessions. Every other route is closed to tokens. */
export const Scopes = (...scopes: ApiTokenScope[]) => SetMetadata(routeScopes, scopes);
