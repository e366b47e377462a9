import { z } from 'zod';

export const instant = z.iso.datetime();

/** Query parameters of a list that is paged by the server; pages count from 1. */
export function paging(defaultSize: number, maxSize: number) {
  return {
    page: z.coerce.number().int().min(1).max(1_000_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(maxSize).default(defaultSize),
  };
}

/** A query parameter with several values: `late,offline`. */
export function csv<T extends string>(value: z.ZodType<T, string>) {
  return z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(value));
}
