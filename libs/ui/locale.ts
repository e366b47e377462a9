/** Numbers and dates are written for this locale everywhere. */
export const locale = 'en-GB';
