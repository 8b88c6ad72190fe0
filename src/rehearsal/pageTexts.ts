import type { PageSettings, RichText } from "discord-emulator";
import { STARTERS } from "../commands/server/starters.ts";
import type { Say } from "../i18n/say.ts";
import { TWO_MINUTE_NIGHT, type TwoMinuteNightStep } from "./twoMinuteNight.ts";

/** A voice channel of the rehearsal's server. */
const CHANNEL = "lounge";

/** What a message marks: `**strong**`, `` `keys` ``, `[text](/link)`. */
const MARKS = /\*\*(?<strong>[^*]+)\*\*|`(?<keys>[^`]+)`|\[(?<text>[^\]]+)\]\((?<link>[^)]+)\)/u;

/** A message in the parts that the page sets apart. */
export const richText = (message: string): RichText => {
  const found = MARKS.exec(message);
  if (found === null) return message === "" ? [] : [message];
  const { strong, keys, text = "", link = "" } = found.groups ?? {};
  const part = strong !== undefined ? { strong } : keys !== undefined ? { keys } : { text, link };
  const before = message.slice(0, found.index);
  return [...(before === "" ? [] : [before]), part, ...richText(message.slice(found.index + found[0].length))];
};

/** What can't set anything apart. */
const plain = (message: string): string => message.replaceAll("`", "");

const CAPTIONS = {
  comesIn: "rehearsal.nightComesIn",
  plays: "rehearsal.nightPlays",
  joins: "rehearsal.nightJoins",
  queues: "rehearsal.nightQueues",
  votes: "rehearsal.nightVotes",
  avoids: "rehearsal.nightAvoids",
  speaks: "rehearsal.nightSpeaks",
  setsTimer: "rehearsal.nightSetsTimer",
  isAwake: "rehearsal.nightIsAwake",
  hurries: "rehearsal.nightHurries",
  fallsSilent: "rehearsal.nightFallsSilent",
  leaves: "rehearsal.nightLeaves",
} as const satisfies Readonly<Record<TwoMinuteNightStep, string>>;

/** What Lull has the page say, in one language. */
export const pageTexts = (
  say: Say,
): Pick<PageSettings, "title" | "heading" | "welcome" | "effects" | "walkthrough"> => ({
  title: say("rehearsal.title"),
  heading: say("rehearsal.heading"),
  effects: [{ emoji: "🌙", label: say("rehearsal.moon") }],
  welcome: {
    heading: {
      morning: say("rehearsal.morning"),
      afternoon: say("rehearsal.afternoon"),
      evening: say("rehearsal.evening"),
    },
    text: richText(say("rehearsal.welcome", { pictures: `/visuals/${say.language}` })),
    shortcuts: {
      text: richText(say("rehearsal.startWith")),
      channel: CHANNEL,
      buttons: STARTERS.map(({ sound, label }) => ({ label: say(label), command: "play", options: { sound } })),
    },
    steps: [
      {
        text: richText(say("rehearsal.joinStep")),
        label: plain(say("rehearsal.joinLabel")),
        does: { join: CHANNEL },
      },
      {
        text: richText(say("rehearsal.playStep")),
        label: plain(say("rehearsal.playLabel")),
        does: { command: "play" },
      },
      {
        text: richText(say("rehearsal.sleepStep")),
        label: plain(say("rehearsal.sleepLabel")),
        does: { command: "sleep in", options: { duration: "1" } },
      },
    ],
    closing: richText(say("rehearsal.closing")),
  },
  walkthrough: {
    label: say("rehearsal.night"),
    note: say("rehearsal.nightNote"),
    channel: CHANNEL,
    captions: Object.keys(TWO_MINUTE_NIGHT).map((step) => say(CAPTIONS[step as TwoMinuteNightStep])),
  },
});
