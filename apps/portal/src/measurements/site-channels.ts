import type { DataSource } from 'typeorm';
import { CodedError } from '#libs/errors';
import { selectSiteChannels, type SiteChannel, type SiteWithChannels } from './site-channels.queries.js';

export type { SiteChannel, SiteWithChannels };

/** @throws CodedError NOT_FOUND */
export async function findSiteChannels(dataSource: DataSource, siteId: string): Promise<SiteWithChannels> {
  const site = await selectSiteChannels(dataSource, siteId);
  if (site === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such site' });
  return site;
}

/**
 * The channels of the site that were asked for, in that order.
 * @throws CodedError BODY_INVALID naming those that are not the site's
 */
export function pickChannels({ channels }: SiteWithChannels, ids: readonly string[]): SiteChannel[] {
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  const unknown = ids.filter((id) => !byId.has(id));
  if (unknown.length > 0) {
    const message = `not of this site: ${unknown.join(', ')}`;
    throw new CodedError('BODY_INVALID', { problems: [{ path: 'channel', message }] });
  }
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}
