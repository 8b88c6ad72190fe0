import type { PageSettings } from "../settings.ts";

/** What the page says and offers for this bot; the server has written it into the page. */
export const settings = JSON.parse(document.getElementById("settings")?.textContent ?? "{}") as PageSettings;
