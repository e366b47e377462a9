import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { missing } from '#libs/ui';
import { knownSitesQuery } from './imports.queries.js';

/** Where what a file brought is to be seen; the short name alone where there is no such site now. */
export function SiteLink({ slug }: { slug: string | null }) {
  const { data } = useQuery(knownSitesQuery);
  const site = data?.find((one) => one.slug === slug);
  if (site === undefined) return slug ?? missing;
  return (
    <Anchor component={Link} to={`/sites/${site.id}`} inherit>
      {site.name}
    </Anchor>
  );
}
