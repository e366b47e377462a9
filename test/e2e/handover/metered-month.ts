import { Temporal } from 'temporal-polyfill';
import { meterFileText } from '../../fixtures/meter-files.js';

export const site = {
  name: 'Pretoria works',
  slug: 'pretoria-works',
  timeZone: 'Africa/Johannesburg',
  address: '12 Church Street, Pretoria',
};
export const serial = '02009417';

const intervalSeconds = 600;

/** From 06:00 to 22:00 by the clock of the site, everything else is off-peak. */
export const tariff = {
  municipality: 'City of Tshwane',
  name: 'Business, time of use',
  currency: 'ZAR',
  peak: { from: 6, to: 22, perKwh: '2.4137' },
  offPeak: { perKwh: '1.1853' },
  perMonth: '184.50',
  vatPercent: 15,
};

export interface MeteredMonth {
  /** `2026-10` */
  month: string;
  firstDay: string;
  fileName: string;
  text: string;
  rows: number;
}

/** The last complete month, which the page of costs shows first, as one file of a meter at the site. */
export function meteredMonth(now = Temporal.Now.zonedDateTimeISO(site.timeZone)): MeteredMonth {
  const first = now.toPlainDate().with({ day: 1 }).subtract({ months: 1 });
  const start = first.toZonedDateTime(site.timeZone);
  const rows = (first.daysInMonth * 86_400) / intervalSeconds;
  const text = meterFileText({
    format: 'MV_T302_V003',
    masterSerial: serial,
    start: new Date(start.epochMilliseconds),
    rows,
    intervalSeconds,
    timeZone: site.timeZone,
    seed: 41,
  });
  const month = first.toPlainYearMonth().toString();
  return { month, firstDay: first.toString(), fileName: `T302_${month.replace('-', '')}.tsv`, text, rows };
}

/** What the lines of the file say of one channel or all, without any code of the product: `DD/MM/YY HH:MM:SS`, V, W. */
export interface FileFigures {
  totalKwh: number;
  peakKwh: number;
  offPeakKwh: number;
  /** Of the whole day that is last in the file. */
  lastDayKwh: number;
  days: number;
}

export function figuresOf({ text }: MeteredMonth): FileFigures {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const labels = lines.find(([format]) => format === 'MV_T302_V003') ?? [];
  const rows = lines.filter(([time]) => /^\d\d\/\d\d\/\d\d /.test(time ?? ''));
  const figures = { totalKwh: 0, peakKwh: 0, offPeakKwh: 0, lastDayKwh: 0, days: 0 };
  const lastDay = rows.at(-1)?.[0]?.slice(0, 8);
  for (const row of rows) {
    const [time = ''] = row;
    const watts = row.reduce((sum, cell, at) => (labels[at]?.endsWith(' W') ? sum + Number(cell) : sum), 0);
    const kwh = (watts * intervalSeconds) / 3_600_000;
    const hour = Number(time.slice(9, 11));
    figures.totalKwh += kwh;
    if (hour >= tariff.peak.from && hour < tariff.peak.to) figures.peakKwh += kwh;
    else figures.offPeakKwh += kwh;
    if (time.startsWith(lastDay ?? '-')) figures.lastDayKwh += kwh;
  }
  figures.days = new Set(rows.map(([time = '']) => time.slice(0, 8))).size;
  return figures;
}

/** The bill of the month in cents' exactness: two energy lines, a month, VAT on all. */
export function billOf({ peakKwh, offPeakKwh }: FileFigures): { net: number; total: number } {
  const net =
    peakKwh * Number(tariff.peak.perKwh) +
    offPeakKwh * Number(tariff.offPeak.perKwh) +
    Number(tariff.perMonth);
  return { net, total: net * (1 + tariff.vatPercent / 100) };
}
