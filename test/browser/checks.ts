import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  impact: string | null;
  help: string;
  nodes: { html: string; failureSummary: string }[];
}

/** What axe calls serious or critical on the page as it stands: rule, and the first place that breaks it. */
export async function seriousIssues(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)',
  )) as Violation[];
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}（${help}）: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`,
    );
}

// Runs in the page. What lies in a box that scrolls sideways can be reached, so it is not cut off.
const FIND_CUT_OFF = `(() => {
  const scrolls = (element) => element && (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const says = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.checkVisibility() && (says(element) || element.matches('button, input, select, textarea')))
    .filter((element) => {
      const { left, right, width, height } = element.getBoundingClientRect();
      if (width <= 1 || height <= 1 || right <= 0) return false;
      const { overflowX, textOverflow } = getComputedStyle(element);
      const clipped = overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1 && textOverflow !== 'ellipsis';
      return clipped || (right > innerWidth + 1 && !scrolls(element.parentElement));
    })
    .map((element) => element.outerHTML.slice(0, 160));
})()`;

/** What a reader cannot see because the window ends before it; and the page itself, where it scrolls sideways. */
export async function cutOff(page: Page): Promise<string[]> {
  const wider = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  const found = (await page.evaluate(FIND_CUT_OFF)) as string[];
  return Number(wider) > 0 ? [...found, `ページが${wider}px広い`] : found;
}
