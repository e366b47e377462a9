/** What a browser says of itself, as far as people recognise it. */
export interface BrowserName {
  browser: string;
  /** Null where it does not say. */
  system: string | null;
}

/** In this order: nearly all of them claim to be Safari, and those built on Chrome to be Chrome. */
const browsers: readonly [pattern: RegExp, name: string][] = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

/** In this order: an Android says Linux too, an iPhone Mac OS X. */
const systems: readonly [pattern: RegExp, name: string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
];

/** @returns null for what is no browser that we know */
export function browserName(userAgent: string | null): BrowserName | null {
  if (userAgent === null) return null;
  const browser = nameIn(browsers, userAgent);
  return browser === null ? null : { browser, system: nameIn(systems, userAgent) };
}

function nameIn(names: readonly [RegExp, string][], userAgent: string): string | null {
  return names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
}
