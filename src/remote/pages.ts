import { randomBytes } from "node:crypto";
import { type WebSocket, WebSocketServer } from "ws";
import { isSessionHost } from "../commands/hostGuard.ts";
import { notInBotChannel } from "../commands/refusals.ts";
import { type HttpServer, refuseUpgrade } from "../http/httpServer.ts";
import { sayIn } from "../i18n/languages.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { VoiceChannels } from "../ports/guild.ts";
import type { LoudnessCurves } from "../ports/sounds.ts";
import { nothingPlaying } from "../session/refusals.ts";
import type { SessionView } from "../session/view.ts";
import { type CarryOutContext, carryOutRequest } from "./carryOut.ts";
import { createKnownCurves, createLoudnessFeed } from "./loudnessFeed.ts";
import { type PageConnection, servePage } from "./pageConnection.ts";
import type { PagePass } from "./pagePass.ts";
import { CLOSE, type PageWords, type RemoteRequest, type RemoteState } from "./protocol.ts";
import { remotePlansOf } from "./remotePlans.ts";
import { idleStateOf, remoteStateOf } from "./remoteState.ts";

/** The largest message of the page, in bytes. */
const MAX_MESSAGE = 1_024;
/** Open pages, those that have not said yet whose they are included. */
const MAX_PAGES = 2_000;
/** A page that does not answer for this long has gone. */
const PING_INTERVAL: Millis = seconds(30);

/** What pages need of the rest of the bot. */
export interface PagesOptions extends CarryOutContext {
  readonly http: HttpServer;
  /** Whether this process looks after the guild; absent: after every one. */
  readonly carries?: (guild: GuildId) => boolean;
  readonly voiceChannels: Pick<VoiceChannels, "channelOf">;
  readonly loudnessCurves: LoudnessCurves;
  readonly clock: Clock;
  readonly log: Log;
}

/** How pages come in. */
export interface Entrance {
  /** Where the socket lies. */
  readonly socketPath: string;
  /** Whether a page of this origin is ours. */
  isOwn(origin: string | undefined): boolean;
  /** Whom a token is for, or why it is for nobody: a close code. */
  find(token: string): PagePass | number;
  wordsFor(pass: PagePass): PageWords;
}

/** Open pages with which listeners control their session. */
export interface Pages {
  /** To be called with every change of a session; cheap. */
  observe(view: SessionView): void;
  /** Sends the pages of some guilds to the replica that looks after them from now on. */
  handedOver(includes: (guild: GuildId) => boolean): void;
  /** To be called when what a guild has planned may have changed; cheap. */
  plansChanged(guild: GuildId): void;
  /** To be called when somebody has joined or left a voice channel; cheap. */
  listenersChanged(guild: GuildId): void;
  /** Ends every connection. */
  close(): void;
}

/** Markdown of our messages, of which the page shows the words. */
const withoutMarkdown = (text: string): string => text.replaceAll(/[`*]|\\(?=[^\w\s])/g, "");

/** Serves the sockets of pages that come in one way on the bot's HTTP server. */
export const openPages = (options: PagesOptions, entrance: Entrance): Pages => {
  const { sessions, catalogueOf, voiceChannels, rights, http, clock, log } = options;
  const pages = new Map<WebSocket, PageConnection>();
  const unanswered = new WeakSet<WebSocket>();
  const curves = createKnownCurves(options.loudnessCurves, clock.now);

  const viewFor = ({ guild, session, channel }: PagePass): SessionView | undefined => {
    const shown = sessions.all(guild).filter(({ resting }) => !resting);
    if (session !== undefined) return shown.find(({ id }) => id === session);
    return shown.find((view) => view.channel === channel && view.status !== "over");
  };

  /** Why a pass does not count now, as a close code. */
  const problemOf = (pass: PagePass, view = viewFor(pass)): number | undefined => {
    const { guild, user, session } = pass;
    if (session !== undefined && (view?.id !== session || view.status === "over")) return CLOSE.over;
    const channel = pass.channel ?? view?.channel;
    return voiceChannels.channelOf(guild, user) === channel ? undefined : CLOSE.leftChannel;
  };

  const refusalOf = (error: unknown, { guild, language }: PagePass, { type }: RemoteRequest): string => {
    const say = sayIn(language);
    if (error instanceof UserError) return withoutMarkdown(say.of(error.text));
    const reference = randomBytes(3).toString("hex").toUpperCase();
    log.error("A request of a page failed", { reference, error, guild, request: type });
    return withoutMarkdown(say("interaction.failed", { reference }));
  };

  const sayTo = ({ language }: PagePass) => sayIn(language);

  const carryOut = async (pass: PagePass, request: RemoteRequest): Promise<string | undefined> => {
    const { guild, user } = pass;
    try {
      const view = viewFor(pass);
      const voiceChannel = voiceChannels.channelOf(guild, user);
      if (view === undefined && pass.session !== undefined) throw nothingPlaying();
      if (problemOf(pass, view) !== undefined) throw notInBotChannel(view?.channel ?? pass.channel!);
      // The panel is in the voice channel's own chat, unless the session has one.
      const channel = view?.panel ?? voiceChannel!;
      const member = { guild, user, say: sayTo(pass), channel, voiceChannel };
      await carryOutRequest(request, member, view, options, clock.now());
      return undefined;
    } catch (error) {
      return refusalOf(error, pass, request);
    }
  };

  const viewerOf = (pass: PagePass) => {
    const { guild, user } = pass;
    const voiceChannel = voiceChannels.channelOf(guild, user);
    return { ...rights.known(guild, user), guild, user, voiceChannel, say: sayTo(pass) };
  };

  const stateFor = async (pass: PagePass): Promise<RemoteState | undefined> => {
    const { guild, user } = pass;
    const viewer = viewerOf(pass);
    const isHost = await isSessionHost(viewer, options);
    const favourites = [...(await options.favourites.list(guild)), ...(await options.personalFavourites.list(user))];
    const [view, shown] = [viewFor(pass), { ...viewer, isHost, favourites }];
    if (view !== undefined) return remoteStateOf(view, catalogueOf(guild), shown);
    return pass.session === undefined ? idleStateOf(catalogueOf(guild), shown) : undefined;
  };

  const admit = (token: string, newcomer: PageConnection): PagePass | number => {
    const pass = entrance.find(token);
    if (typeof pass === "number") return pass;
    const problem = problemOf(pass);
    if (problem !== undefined) return problem;
    for (const page of pages.values()) {
      const other = page.pass();
      if (page !== newcomer && other?.user === pass.user && other.guild === pass.guild)
        page.close(CLOSE.openedElsewhere);
    }
    log.info("A page has been opened", { guild: pass.guild, at: entrance.socketPath });
    return pass;
  };

  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
  sockets.on("error", (error) => log.error("The pages' connections failed", { error }));
  const serve = (socket: WebSocket) => {
    const loudness = createLoudnessFeed(curves, clock.now);
    const page = servePage(socket, {
      clock,
      log,
      admit,
      stateFor,
      plansFor: (pass) => remotePlansOf(viewerOf(pass), options),
      greetingFor: (pass) => ({ type: "welcome", language: pass.language, words: entrance.wordsFor(pass) }),
      loudnessFor(pass) {
        const view = viewFor(pass);
        return view && loudness.next(view, pass);
      },
      carryOut,
      tooFast: ({ language }) => sayIn(language)("remote.tooFast"),
    });
    pages.set(socket, page);
    socket.on("pong", () => unanswered.delete(socket));
    socket.on("close", () => pages.delete(socket));
  };
  http.upgrade(entrance.socketPath, (request, socket, head) => {
    // Browsers say which page connects; a page of another origin cannot say that it is ours.
    if (!entrance.isOwn(request.headers.origin)) return refuseUpgrade(socket, "403 Forbidden");
    if (pages.size >= MAX_PAGES) return refuseUpgrade(socket, "503 Service Unavailable");
    sockets.handleUpgrade(request, socket, head, serve);
  });

  let stopPinging = () => {};
  const ping = () => {
    for (const socket of pages.keys()) {
      if (unanswered.has(socket)) socket.terminate();
      unanswered.add(socket);
      socket.ping();
    }
    stopPinging = clock.after(PING_INTERVAL, ping);
  };
  ping();

  const show = (page: PageConnection, pass: PagePass, view = viewFor(pass)) => {
    const problem = problemOf(pass, view);
    if (problem === undefined) page.push();
    else page.close(problem);
  };

  return {
    observe(view) {
      for (const page of pages.values()) {
        const pass = page.pass();
        if (pass?.guild !== view.guild) continue;
        // A page of a channel shows whatever plays there: a session may have come from another.
        if (pass.session === undefined) show(page, pass);
        else if (pass.session === view.id) show(page, pass, view);
      }
    },
    plansChanged(guild) {
      for (const page of pages.values()) if (page.pass()?.guild === guild) page.pushPlans();
    },
    listenersChanged(guild) {
      for (const page of pages.values()) {
        const pass = page.pass();
        if (pass?.guild !== guild) continue;
        const problem = problemOf(pass);
        if (problem !== undefined) page.close(problem);
      }
    },
    handedOver(includes) {
      for (const page of pages.values()) {
        const pass = page.pass();
        if (pass !== undefined && includes(pass.guild)) page.close(CLOSE.elsewhere);
      }
    },
    close() {
      stopPinging();
      for (const socket of pages.keys()) socket.terminate();
      sockets.close();
    },
  };
};
