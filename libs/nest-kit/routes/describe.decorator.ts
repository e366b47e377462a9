import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';

export const routeDescription = 'wattfleet:description';

/** What the API reference says of a route, beside what its decorators and schemas say by themselves. */
export interface RouteDescription {
  /** One line: what it does. */
  summary: string;
  /** Section of the reference; the first part of the path unless given. */
  section?: string;
  /** More, in whole sentences. */
  details?: string;
  /** Shape of its body, where what is checked at the edge says less. */
  body?: z.ZodType;
  /** Shape of the JSON that it answers. */
  answer?: z.ZodType;
  /** Other content types that it answers on request. */
  alsoAnswers?: readonly string[];
  /** A body as somebody would send it. */
  example?: unknown;
}

/** Describes a route in the API reference: `@Describe({ summary: 'List sites', answer: siteList })`. */
export const Describe = (description: RouteDescription) => SetMetadata(routeDescription, description);
