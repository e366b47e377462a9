import type { Page } from 'playwright-core';

/**
 * What can be checked of a page without looking at it: every control has a name, ids are unique, there is one main
 * heading, no text is cut off, and all text stands out at 4.5:1 (3:1 when large) from what is behind it. Runs in the
 * browser.
 */
const script = String.raw`(() => {
  const problems = [];
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const describe = (element) => element.tagName.toLowerCase() + ' ' + (element.textContent || element.outerHTML).trim().slice(0, 60);
  const nameOf = (element) => {
    const labelled = (element.getAttribute('aria-labelledby') || '').split(' ').filter(Boolean);
    const parts = labelled.map((id) => document.getElementById(id)?.textContent);
    const labels = element.labels ? [...element.labels].map((label) => label.textContent) : [];
    return [element.getAttribute('aria-label'), ...parts, ...labels, element.textContent, element.title].find((text) => text && text.trim() !== '');
  };
  for (const element of document.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea, [role=tab], [role=dialog], table, nav'))
    if (seen(element) && nameOf(element) === undefined) problems.push('no name: ' + element.outerHTML.slice(0, 120));
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) problems.push('id twice: ' + id);
  if (document.querySelectorAll('h1').length !== 1) problems.push('main headings: ' + document.querySelectorAll('h1').length);

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return { rgb: [red, green, blue], alpha: alpha / 255 };
  };
  const over = (top, below) => top.rgb.map((part, index) => part * top.alpha + below[index] * (1 - top.alpha));
  const behind = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.push(read(getComputedStyle(one).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  // The end of a text behind an edge that neither scrolls nor says so with three dots.
  const isCut = (text, element) => {
    let edge = element;
    while (edge && getComputedStyle(edge).overflowX === 'visible') edge = edge.parentElement;
    if (!edge || edge === document.documentElement || edge === document.body) return false;
    const { overflowX, textOverflow } = getComputedStyle(edge);
    if (overflowX === 'auto' || overflowX === 'scroll' || textOverflow === 'ellipsis') return false;
    // As wide as what is for screen readers alone.
    if (edge.getBoundingClientRect().width <= 1) return false;
    const range = document.createRange();
    range.selectNodeContents(text);
    return range.getBoundingClientRect().right > edge.getBoundingClientRect().right + 1;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.textContent.trim() === '' || !seen(element)) continue;
    // A disabled control may be dim, and what is clipped away is for screen readers.
    if (element.closest('[disabled], [data-disabled], [aria-hidden=true]') || element.getBoundingClientRect().width <= 1) continue;
    if (isCut(walker.currentNode, element)) problems.push('cut off: ' + describe(element));
    const style = getComputedStyle(element);
    const background = behind(element);
    const [lighter, darker] = [luminance(over(read(style.color), background)), luminance(background)].sort((a, b) => b - a);
    const contrast = (lighter + 0.05) / (darker + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (large ? 3 : 4.5)) problems.push('contrast ' + contrast.toFixed(2) + ': ' + describe(element));
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) problems.push('the page is ' + wide + ' px too wide');
  return [...new Set(problems)];
})()`;

/** What is wrong with the page as it is now; empty when nothing is. */
export function accessibilityProblems(page: Page): Promise<string[]> {
  return page.evaluate(script);
}
