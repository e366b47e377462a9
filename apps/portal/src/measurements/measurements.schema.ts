import { z } from 'zod';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** Query of `GET /api/measurements`; one channel comes as a string, several as a list. */
export const seriesQuery = z
  .object({
    channel: z.preprocess((given) => [given].flat(), z.array(z.uuid()).min(1).max(50)),
    from: instant,
    to: instant,
  })
  .refine((query) => query.from < query.to, { path: ['to'], message: 'must be later than from' })
  .transform(({ channel, from, to }) => ({ channels: channel, from, to }));
