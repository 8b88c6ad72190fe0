import { join } from "node:path";
import { sayIn } from "../i18n/languages.ts";
import type { Say } from "../i18n/say.ts";
import { servePageFiles } from "../remote/pageFiles.ts";
import { openPages, type Pages, type PagesOptions } from "../remote/pages.ts";
import { pageWords } from "../remote/pageWords.ts";
import { CLOSE, type PageWords } from "../remote/protocol.ts";
import { createDiscordLogin } from "./discordLogin.ts";
import { serveEntry } from "./entryRoute.ts";
import type { ActivityWords } from "./protocol.ts";
import { createSessionTokens } from "./sessionTokens.ts";

/** Where the page lies on our server; Discord's proxy shows it at the root of an origin of the application's own. */
const PATH = "/activity/";

/** What shows pages in frames: Discord's clients. */
const DISCORD = ["https://discord.com", "https://*.discord.com", "https://discordapp.com", "https://*.discordapp.com"];
/** The same of an emulator on this machine. */
const LOOPBACK = ["http://127.0.0.1:*", "http://localhost:*"];

/** What the activity needs of the rest of the bot. */
export interface ActivityOptions extends PagesOptions {
  /** The application's id. */
  readonly application: string;
  readonly clientSecret: string;
  /** Of Discord's API, without the version. */
  readonly apiBase: string;
}

/** Where a page of this application comes from, and who may show it. */
const placeOf = (apiBase: string, application: string) => {
  if (new URL(apiBase).protocol === "https:") {
    const origin = `https://${application}.discordsays.com`;
    return { isOwn: (from: string | undefined) => from === origin, connects: [origin], ancestors: DISCORD };
  }
  const isOwn = (from = "") => /^http:\/\/(127\.0\.0\.1|localhost):\d+$/.test(from);
  return { isOwn, connects: LOOPBACK, ancestors: LOOPBACK };
};

const wordsIn = (say: Say): PageWords & ActivityWords => ({
  ...pageWords(say),
  linkUnknown: say("activity.expired"),
  openedElsewhere: say("activity.openedElsewhere"),
  onlyInDiscord: say("activity.onlyInDiscord"),
  notAllowed: say("activity.notAllowed"),
});

/**
 * Serves the remote's page as an activity: a page that opens inside a voice channel in Discord. It comes in with what
 * Discord says of its member, stays while they sit in that channel, and is otherwise the remote.
 */
export const openActivity = (options: ActivityOptions): Pages => {
  const { http, voiceChannels, carries = () => true, clock } = options;
  const { application, clientSecret, apiBase } = options;
  const { isOwn, connects, ancestors } = placeOf(apiBase, application);
  const tokens = createSessionTokens(clientSecret);
  serveEntry({
    ...options,
    carries,
    path: `${PATH}token`,
    isOwn,
    login: createDiscordLogin(apiBase, application, clientSecret),
    tokens,
  });
  servePageFiles(http, {
    path: PATH,
    script: { directory: join(import.meta.dirname, "client"), name: "activity" },
    connects,
    ancestors,
    wordsIn,
    attributes: { "data-application": application },
  });
  return openPages(options, {
    socketPath: `${PATH}socket`,
    isOwn,
    find(token) {
      const seat = tokens.read(token, clock.now());
      if (seat === undefined) return CLOSE.linkUnknown;
      const { guild, user, channel, language } = seat;
      if (!carries(guild)) return CLOSE.elsewhere;
      if (voiceChannels.channelOf(guild, user) !== channel) return CLOSE.leftChannel;
      return { guild, user, channel, language };
    },
    wordsFor: ({ language }) => wordsIn(sayIn(language)),
  });
};
