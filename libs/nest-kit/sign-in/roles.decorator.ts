import { SetMetadata } from '@nestjs/common';
import type { AccountRole } from './account.entity.js';

export const routeRoles = 'wattfleet:roles';

/** Roles that may use the route, whatever the app's rule for changes says; `everyRole` for all. */
export const Roles = (...roles: AccountRole[]) => SetMetadata(routeRoles, roles);

export const everyRole: readonly AccountRole[] = ['admin', 'editor', 'viewer', 'operator'];
