import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PageFile } from "discord-emulator";
import { VISUALS, type Visual } from "../catalogue/visuals.ts";

const TYPES = { webp: "image/webp", png: "image/png" } as const;

const STYLE = `:root { color-scheme: dark; font: 400 16px/1.5 ui-sans-serif, system-ui, sans-serif; }
body { margin: 0; padding: 2rem 1.25rem 4rem; background: #07080d; color: #a9b0c9; }
h1, main { max-width: 1280px; margin-inline: auto; }
h1 { font-size: 1.25rem; font-weight: 500; color: #dfe3f1; }
h1 a { color: inherit; }
main { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); }
figure { margin: 0; }
img, .later { display: block; width: 100%; aspect-ratio: 1; border-radius: 12px; background: #0e111c; }
.later { display: grid; place-items: center; }
figcaption { padding: 0.6rem 0.2rem; }
strong { display: block; font-weight: 500; color: #dfe3f1; }
`;

/** People who want no motion get the still. */
const figure = ({ id, title, description, alt }: Visual, isThere: boolean): string => `<figure>
${
  isThere
    ? `<picture><source srcset="/visuals/${id}.png" media="(prefers-reduced-motion: reduce)"><img src="/visuals/${id}.webp" alt="${alt}" width="400" height="400" loading="lazy"></picture>`
    : '<span class="later">Not drawn yet</span>'
}
<figcaption><strong>${title}</strong>${description}</figcaption>
</figure>`;

const page = (there: ReadonlySet<string>): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Pictures · Lull</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/visuals.css">
<h1>The silent pictures of <code>/visual</code> · <a href="/">back to the evening</a></h1>
<main>
${VISUALS.map((visual) => figure(visual, there.has(visual.id))).join("\n")}
</main>
</html>
`;

/**
 * The page that shows all visuals, from the files that the bot has drawn.
 * @param directory where it keeps them; may not be there yet
 * @returns what lies at a path, or undefined
 */
export const visualsPage =
  (directory: string) =>
  async (path: string): Promise<PageFile | undefined> => {
    if (path === "/visuals.css") return { type: "text/css; charset=utf-8", body: Buffer.from(STYLE) };
    const files = await readdir(directory).catch(() => []);
    const fileOf = (id: string, ending: string) =>
      files.find((file) => file.startsWith(`${id}-`) && file.endsWith(`.${ending}`));
    if (path === "/visuals") {
      const there = VISUALS.map(({ id }) => id).filter((id) => fileOf(id, "webp") !== undefined);
      return { type: "text/html; charset=utf-8", body: Buffer.from(page(new Set(there))) };
    }
    for (const { id } of VISUALS)
      for (const ending of ["webp", "png"] as const) {
        const file = path === `/visuals/${id}.${ending}` && fileOf(id, ending);
        if (file) return { type: TYPES[ending], body: await readFile(join(directory, file)) };
      }
    return undefined;
  };
