import { sayIn } from "../i18n/languages.ts";
import type { RemoteLinks } from "../ports/remote.ts";
import { REMOTE_SCRIPT, servePageFiles } from "./pageFiles.ts";
import { openPages, type Pages, type PagesOptions } from "./pages.ts";
import { pageWords } from "./pageWords.ts";
import { createPasses, guildNamedBy } from "./passes.ts";
import { CLOSE } from "./protocol.ts";

/** Where the page lies below the origin. */
const PATH = "/remote/";

/** What the remote needs of the rest of the bot. */
export interface RemoteOptions extends PagesOptions {
  /** The page's origin, as a browser sees it. */
  readonly origin: string;
}

/** The remote: a page in the browser with which listeners control their session. */
export interface Remote extends RemoteLinks, Pages {}

/** Serves the remote on the bot's HTTP server. */
export const openRemote = (options: RemoteOptions): Remote => {
  const { http, origin, carries = () => true } = options;
  const passes = createPasses();
  const pages = openPages(options, {
    socketPath: `${PATH}socket`,
    isOwn: (from) => from === origin,
    find(token) {
      const guild = guildNamedBy(token);
      if (guild !== undefined && !carries(guild)) return CLOSE.elsewhere;
      return passes.find(token) ?? CLOSE.linkUnknown;
    },
    wordsFor: ({ language }) => pageWords(sayIn(language)),
  });
  servePageFiles(http, { path: PATH, script: REMOTE_SCRIPT, connects: [origin], ancestors: [], wordsIn: pageWords });
  return {
    issue: (pass) => `${origin}${PATH}#${passes.issue(pass)}`,
    observe(view) {
      if (view.status === "over") passes.forget(view.id);
      pages.observe(view);
    },
    handedOver: pages.handedOver,
    plansChanged: pages.plansChanged,
    listenersChanged: pages.listenersChanged,
    close: pages.close,
  };
};
