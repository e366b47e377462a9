import { SetMetadata } from '@nestjs/common';

export const publicRoute = 'wattfleet:public';

/** Marks a route that needs no session. Everything else does. */
export const Public = () => SetMetadata(publicRoute, true);
