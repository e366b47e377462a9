interface Look {
  theme: 'light' | 'dark';
  /** Without one, the dashboard's own. */
  timeZone: string | undefined;
}

/** The dashboard without Grafana's own bars, as it is embedded. */
export function embeddedAddress(uid: string, look: Look): string {
  return `${wholeAddress(uid, look)}&kiosk`;
}

/** The dashboard as Grafana shows it by itself. */
export function wholeAddress(uid: string, { theme, timeZone }: Look): string {
  const zone = timeZone === undefined ? '' : `&timezone=${encodeURIComponent(timeZone)}`;
  return `/grafana/d/${encodeURIComponent(uid)}?theme=${theme}${zone}`;
}
