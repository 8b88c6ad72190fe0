import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PageOptions, PageSettings } from "discord-emulator";
import { visualsPage } from "./visualsPage.ts";

const settings: Partial<PageSettings> = {
  title: "Lull · rehearsal",
  heading: "Rehearsal",
  opening: "Opening the house…",
  welcome: {
    heading: "Good evening",
    text: [
      "This is a small Discord on your own machine, for trying Lull without a token. Nothing here leaves it, and nobody else can hear you. The silent pictures of ",
      { keys: "/visual" },
      " have ",
      { link: "/visuals", text: "a page of their own" },
      ".",
    ],
    steps: [
      {
        text: ["Join the ", { strong: "lounge" }, ", with your sound on."],
        label: "Join lounge",
        does: { join: "lounge" },
      },
      {
        text: ["Type ", { keys: "/play" }, " and choose a sound. Lull comes and plays it."],
        label: "Type /play",
        does: { command: "play" },
      },
      {
        text: ["Type ", { keys: "/sleep in" }, " to have it fade out for everyone, after a minute if you like."],
        label: "Type /sleep in",
        does: { command: "sleep in", options: { duration: "1" } },
      },
    ],
    closing: ["That is all there is to it. Invite companions from the list of people to see what a group does."],
  },
  locales: [
    { locale: "en-US", name: "English" },
    { locale: "de", name: "Deutsch" },
    { locale: "es-ES", name: "Español" },
    { locale: "fr", name: "Français" },
    { locale: "ja", name: "日本語" },
  ],
  effects: [{ emoji: "🌙", label: "A moon for the room" }],
};

/**
 * What Lull has the emulator's page say and show.
 * @param visuals directory in which the bot keeps the visuals that it has drawn; without one there is no page of them
 */
export const lullPage = (visuals?: string): Pick<PageOptions, "settings" | "icon" | "files"> => ({
  settings,
  icon: readFileSync(join(import.meta.dirname, "icon.svg"), "utf8"),
  ...(visuals !== undefined && { files: visualsPage(visuals) }),
});
