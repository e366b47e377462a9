interface Look {
  theme: 'light' | 'dark';
  timeZone: string;
}

/** The dashboard without Grafana's own bars, as it is embedded. */
export function embeddedAddress(uid: string, look: Look): string {
  return `${wholeAddress(uid, look)}&kiosk`;
}

/** The dashboard as Grafana shows it by itself. */
export function wholeAddress(uid: string, { theme, timeZone }: Look): string {
  return `/grafana/d/${encodeURIComponent(uid)}?theme=${theme}&timezone=${encodeURIComponent(timeZone)}`;
}
