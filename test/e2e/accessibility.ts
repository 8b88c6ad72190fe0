import axe from "axe-core";
import type { Locator, Page } from "playwright-core";

/** What a thumb needs, in CSS pixels a side. */
const THUMB = 48;
/** What can be pressed, moved or typed into. */
const CONTROLS = "button, input, select, .handle, #ring";

/** Rules of WCAG 2.2 A and AA, and axe's best practices. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What axe finds in a page or a frame. @param root its root element */
export const violationsIn = async (root: Locator): Promise<readonly string[]> => {
  if (!(await root.evaluate(() => "axe" in globalThis))) await root.evaluate(axe.source);
  const { violations } = await root.evaluate((_page, rules) => {
    const own = globalThis as unknown as { axe: { run(options: unknown): Promise<AxeResults> } };
    return own.axe.run({ runOnly: rules, rules: { "label-content-name-mismatch": { enabled: true } } });
  }, RULES);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
};

/** Controls that are smaller than a thumb, and words that don't fit in where they stand. */
export const crampedIn = (root: Locator): Promise<readonly string[]> =>
  root.evaluate(
    (page, { controls, thumb }) => {
      const seen = [...page.querySelectorAll<HTMLElement>(controls)].filter((each) => each.checkVisibility());
      const named = (each: HTMLElement, what: string) => `${each.id || each.textContent || each.className}: ${what}`;
      const small = seen.flatMap((each) => {
        const { width, height } = each.getBoundingClientRect();
        return Math.min(width, height) < thumb ? [named(each, `${width} by ${height}`)] : [];
      });
      const cut = seen.filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => named(each, "cut off"));
      const { scrollWidth, clientWidth } = page;
      return [...small, ...cut, ...(scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} pixels too wide`] : [])];
    },
    { controls: CONTROLS, thumb: THUMB },
  );

/** Goes through a page with the Tab key. @returns the controls that were not reached, or not seen to have the focus */
export const unreachedIn = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  // The parts of a time are stops of their own, so that nobody knows how many there are.
  for (let stop = 0; stop < 150; stop++) {
    await page.keyboard.press("Tab");
    const isBack = await page.evaluate(() => {
      const { activeElement: at } = document;
      if (!(at instanceof HTMLElement) || at === document.body) return true;
      const outlined = [at, at.parentElement!].some((each) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(each);
        return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
      });
      // The last part of a time is a button of the browser's own, with an outline of its own.
      if (at.dataset.reached !== "yes") at.dataset.reached = outlined ? "yes" : "unseen";
      return false;
    });
    if (isBack) break;
  }
  return page.evaluate(
    (controls) =>
      [...document.querySelectorAll<HTMLElement>(controls)]
        .filter((each) => each.id !== "ring" && each.checkVisibility() && each.dataset.reached !== "yes")
        .map((each) => `${each.id || each.textContent}: ${each.dataset.reached ?? "not reached"}`),
    CONTROLS,
  );
};
