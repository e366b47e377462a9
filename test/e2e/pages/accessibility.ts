import { source as axe, type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2 AA. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What axe does not look for: there is one main heading, no text is cut off, and the page is not wider than the window.
 * Runs in the browser.
 */
const script = String.raw`(() => {
  const problems = [];
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const describe = (element) => element.tagName.toLowerCase() + ' ' + (element.textContent || element.outerHTML).trim().slice(0, 60);
  if (document.querySelectorAll('h1').length !== 1) problems.push('main headings: ' + document.querySelectorAll('h1').length);

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
    if (isCut(walker.currentNode, element)) problems.push('cut off: ' + describe(element));
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) problems.push('the page is ' + wide + ' px too wide');
  return [...new Set(problems)];
})()`;

/** What is wrong with the page as it is now, by axe and by what it does not look for; empty when nothing is. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const options = JSON.stringify({ runOnly: rules, resultTypes: ['violations'] });
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
  return [...found, ...(await page.evaluate<string[]>(script))];
}
