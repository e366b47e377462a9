import { formatAbsolute, formatRelative } from './time-format.js';
import { missing } from './number-format.js';
import { useNow } from './use-now.js';

interface Props {
  /** ISO instant. */
  value: string | null | undefined;
  /** IANA zone of the absolute time; the reader's own unless the time belongs to a site. */
  timeZone?: string | undefined;
  /** Shown when there is no time. */
  otherwise?: string;
  /** `3 min ago`, where many times stand side by side. */
  short?: boolean;
}

/** `3 minutes ago`; the whole time with its zone on hover. */
export function RelativeTime({ value, timeZone, otherwise = missing, short = false }: Props) {
  const now = useNow();
  if (value === null || value === undefined) return otherwise;
  const time = new Date(value);
  return (
    <time dateTime={value} title={formatAbsolute(time, timeZone)}>
      {formatRelative(time, now, short ? 'short' : 'long')}
    </time>
  );
}
