import axe from "axe-core";
import type { Page } from "playwright-core";

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What axe-core finds wrong with the page as it is now: rules of WCAG 2.2 A and AA, and axe's best practices; of the messages, the newest. */
export const axeViolations = async (page: Page): Promise<readonly string[]> => {
  // By the debugger, which the page's content policy does not concern.
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run({ include: [document], exclude: [["article:not(:nth-last-of-type(-n + 6))"]] }, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      rules: { "label-content-name-mismatch": { enabled: true } },
      resultTypes: ["violations"],
    })`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
};

/** The sizes at which the page is looked at: a phone, a tablet, a desktop. */
export const SIZES = [
  { width: 390, height: 844 },
  { width: 834, height: 1_112 },
  { width: 1_280, height: 800 },
] as const;
