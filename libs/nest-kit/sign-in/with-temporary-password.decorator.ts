import { SetMetadata } from '@nestjs/common';

export const temporaryPasswordRoute = 'wattfleet:with-temporary-password';

/** Marks a route that is open to who must still change a temporary password. Every other one refuses them. */
export const WithTemporaryPassword = () => SetMetadata(temporaryPasswordRoute, true);
