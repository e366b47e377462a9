import { inLocale } from './locale.js';
import { uiWords } from './ui-words.js';
import { wordsOf } from './words.js';

/** Between a number and its unit: not broken, and narrower than a space. */
const narrowSpace = '\u202F';

export const missing = '–';

const t = wordsOf(uiWords);
const byDecimals = [0, 1, 2].map((digits) =>
  inLocale(
    (locale) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  ),
);

/** A measured value with its unit, `4,504.6 W`; decimals by unit, so that a column lines up. */
export function formatQuantity(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing;
  return `${formatNumber(value, decimalsOf(unit))}${narrowSpace}${unit}`;
}

/** A plain count: `22,608`. What is counted stands in the heading or the label beside it. */
export function formatCount(value: number | null | undefined): string {
  return value === null || value === undefined ? missing : formatNumber(value, 0);
}

/** `1 device`, `2 devices`: for pages in English alone; words have plurals of their own (see words.ts). */
export function formatCounted(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(value, 0)}\u00A0${value === 1 ? singular : plural}`;
}

const bytePrefixes = ['', 'k', 'M', 'G'];

export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), bytePrefixes.length - 1);
  const unit = `${bytePrefixes[power] ?? ''}${t('byteUnit')}`;
  return `${formatNumber(bytes / 1000 ** power, power === 0 ? 0 : 1)}${narrowSpace}${unit}`;
}

export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${formatNumber(milliseconds, 0)}${narrowSpace}ms`;
  if (milliseconds < 60_000) return `${formatNumber(milliseconds / 1000, 1)}${narrowSpace}s`;
  return `${formatNumber(milliseconds / 60_000, 1)}${narrowSpace}min`;
}

/** `2.4 %`. */
export function formatPercent(value: number | null | undefined, decimals = 1): string {
  return value === null || value === undefined ? missing : `${formatNumber(value, decimals)}${narrowSpace}%`;
}

const spans = [
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3_600 },
  { unit: 'min', seconds: 60 },
  { unit: 's', seconds: 1 },
];

/** A span of time in its two largest units, `3 h 20 min`: for what lasts longer than `formatDuration` is meant for. */
export function formatSpan(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return missing;
  const first = spans.findIndex((span) => seconds >= span.seconds);
  const [large, small] = first === -1 ? spans.slice(-1) : spans.slice(first, first + 2);
  if (large === undefined) return missing;
  const count = Math.floor(seconds / large.seconds);
  const rest = small === undefined ? 0 : Math.floor((seconds % large.seconds) / small.seconds);
  const text = `${formatNumber(count, 0)}${narrowSpace}${unitName(large.unit)}`;
  if (small === undefined || rest === 0) return text;
  return `${text}\u00A0${String(rest)}${narrowSpace}${unitName(small.unit)}`;
}

/** The day alone has not the same symbol in all languages. */
function unitName(unit: string): string {
  return unit === 'd' ? t('dayUnit') : unit;
}

function formatNumber(value: number, decimals: number): string {
  const text = byDecimals[decimals]?.().format(value) ?? String(value);
  // A meter's noise around zero would otherwise read as a negative value: -0.0.
  return /^-0([.,]0*)?$/.test(text) ? text.slice(1) : text;
}

function decimalsOf(unit: string): number {
  if (unit === 'rows/h') return 0;
  return unit === 'A' || unit.startsWith('k') || unit.startsWith('M') || unit === '' ? 2 : 1;
}
