import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PageFile } from "discord-emulator";
import { VISUALS, type Visual } from "../catalogue/visuals.ts";
import { LANGUAGES, languageNamed, sayIn } from "../i18n/languages.ts";
import type { Say } from "../i18n/say.ts";

const TYPES = { webp: "image/webp", png: "image/png" } as const;

const STYLE = `:root { color-scheme: dark; font: 400 16px/1.5 ui-sans-serif, system-ui, sans-serif; }
body { margin: 0; padding: 2rem 1.25rem 4rem; background: #07080d; color: #a9b0c9; }
header, main { max-width: 1280px; margin-inline: auto; }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; align-items: baseline; justify-content: space-between; margin-bottom: 1.5rem; }
h1 { margin: 0; font-size: 1.25rem; font-weight: 500; color: #dfe3f1; }
a { color: #c9d3ff; }
main { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); }
figure { margin: 0; }
img, .later { display: block; width: 100%; height: auto; aspect-ratio: 1; border-radius: 12px; background: #0e111c; }
.later { display: grid; place-items: center; }
figcaption { padding: 0.6rem 0.2rem; }
h2 { margin: 0; font-size: 1rem; font-weight: 500; color: #dfe3f1; }
`;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** People who want no motion get the still. What is to be seen is written below it, for everyone. */
const figure = ({ id, title, alt }: Visual, isThere: boolean, say: Say): string => `<figure>
${
  isThere
    ? `<picture><source srcset="/visuals/${id}.png" media="(prefers-reduced-motion: reduce)"><img src="/visuals/${id}.webp" alt="" width="400" height="400" loading="lazy"></picture>`
    : `<span class="later">${escaped(say("rehearsal.pictureMissing"))}</span>`
}
<figcaption><h2>${escaped(say.word(title))}</h2>${escaped(say.word(alt))}</figcaption>
</figure>`;

/** Commands are set apart in messages by backticks. */
const withCode = (message: string): string => escaped(message).replace(/`([^`]+)`/g, "<code>$1</code>");

const page = (there: ReadonlySet<string>, say: Say): string => `<!doctype html>
<html lang="${say.language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(say("rehearsal.picturesHeading").replaceAll("`", ""))} · Lull</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/visuals.css">
<header>
<h1>${withCode(say("rehearsal.picturesHeading"))}</h1>
<a href="/">${escaped(say("rehearsal.picturesBack"))}</a>
</header>
<main>
${VISUALS.map((visual) => figure(visual, there.has(visual.id), say)).join("\n")}
</main>
</html>
`;

/** The language of `/visuals/de`; English without one. @returns undefined for any other path */
const sayAt = (path: string): Say | undefined => {
  if (path === "/visuals") return sayIn(LANGUAGES[0]!.language);
  const language = languageNamed(/^\/visuals\/([\w-]+)$/.exec(path)?.[1]);
  return language === undefined ? undefined : sayIn(language);
};

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
    const say = sayAt(path);
    if (say !== undefined) {
      const there = VISUALS.map(({ id }) => id).filter((id) => fileOf(id, "webp") !== undefined);
      return { type: "text/html; charset=utf-8", body: Buffer.from(page(new Set(there), say)) };
    }
    for (const { id } of VISUALS)
      for (const ending of ["webp", "png"] as const) {
        const file = path === `/visuals/${id}.${ending}` && fileOf(id, ending);
        if (file) return { type: TYPES[ending], body: await readFile(join(directory, file)) };
      }
    return undefined;
  };
