import { randomBytes } from "node:crypto";
import { type WebSocket, WebSocketServer } from "ws";
import type { CommandContext } from "../commands/command.ts";
import { queueFavourite } from "../commands/favourites/favouritesList.ts";
import { isSessionHost } from "../commands/hostGuard.ts";
import { hostsMayMore, requestAsListener } from "../commands/listenerRequest.ts";
import { notInBotChannel } from "../commands/refusals.ts";
import { type HttpServer, refuseUpgrade } from "../http/httpServer.ts";
import { sayIn } from "../i18n/languages.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import type { GuildId, UserId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { VoiceChannels } from "../ports/guild.ts";
import type { RemotePass } from "../ports/remote.ts";
import type { LoudnessCurves } from "../ports/sounds.ts";
import { nothingPlaying } from "../session/refusals.ts";
import type { SessionView } from "../session/view.ts";
import { listenerRequestOf } from "./listenerRequestOf.ts";
import { createKnownCurves, createLoudnessFeed } from "./loudnessFeed.ts";
import { type PageConnection, servePage } from "./pageConnection.ts";
import { CLOSE, type PageWords, type RemoteRequest } from "./protocol.ts";
import { remoteStateOf } from "./remoteState.ts";

/** The largest message of the page, in bytes. */
const MAX_MESSAGE = 1_024;
/** Open pages, those that have not said yet whose they are included. */
const MAX_PAGES = 2_000;
/** A page that does not answer for this long has gone. */
const PING_INTERVAL: Millis = seconds(30);

type Rights = Parameters<typeof isSessionHost>[0];

/** What pages need of the rest of the bot. */
export interface PagesOptions
  extends Pick<
    CommandContext,
    "sessions" | "settings" | "catalogueOf" | "favourites" | "personalFavourites" | "listenerService"
  > {
  readonly http: HttpServer;
  /** Whether this process looks after the guild; absent: after every one. */
  readonly carries?: (guild: GuildId) => boolean;
  readonly voiceChannels: Pick<VoiceChannels, "channelOf">;
  readonly loudnessCurves: LoudnessCurves;
  /** What members may do. */
  readonly rights: {
    known(guild: GuildId, user: UserId): Omit<Rights, "guild" | "voiceChannel">;
    ask(guild: GuildId, user: UserId): Promise<Omit<Rights, "guild" | "voiceChannel">>;
  };
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
  find(token: string): RemotePass | number;
  /** Says that the session is over, as a close code. */
  readonly over: number;
  wordsFor(pass: RemotePass): PageWords;
}

/** Open pages with which listeners control their session. */
export interface Pages {
  /** To be called with every change of a session; cheap. */
  observe(view: SessionView): void;
  /** Sends the pages of some guilds to the replica that looks after them from now on. */
  handedOver(includes: (guild: GuildId) => boolean): void;
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

  const viewFor = ({ guild, session }: RemotePass): SessionView | undefined =>
    sessions.all(guild).find(({ id, resting }) => id === session && !resting);

  /** Why a pass does not count now, as a close code. */
  const problemOf = (pass: RemotePass, view = viewFor(pass)): number | undefined => {
    const { guild, user, session } = pass;
    if (view?.id !== session || view.status === "over") return entrance.over;
    return voiceChannels.channelOf(guild, user) === view.channel ? undefined : CLOSE.leftChannel;
  };

  const refusalOf = (error: unknown, { guild, language }: RemotePass, { type }: RemoteRequest): string => {
    const say = sayIn(language);
    if (error instanceof UserError) return withoutMarkdown(say.of(error.text));
    const reference = randomBytes(3).toString("hex").toUpperCase();
    log.error("A request of a page failed", { reference, error, guild, request: type });
    return withoutMarkdown(say("interaction.failed", { reference }));
  };

  const carryOut = async (pass: RemotePass, request: RemoteRequest): Promise<string | undefined> => {
    const { guild, user } = pass;
    try {
      const view = viewFor(pass);
      if (view === undefined) throw nothingPlaying();
      if (problemOf(pass, view) !== undefined) throw notInBotChannel(view.channel);
      if (request.type === "play") {
        const invoker = {
          guild,
          user,
          say: sayIn(pass.language),
          channel: view.panel,
          voiceChannel: voiceChannels.channelOf(guild, user),
        };
        await queueFavourite(request.favourite, invoker, { ...options, catalogue: catalogueOf(guild) });
        return undefined;
      }
      const asked = listenerRequestOf(request, view, clock.now());
      const held = hostsMayMore(asked) ? await rights.ask(guild, user) : rights.known(guild, user);
      const invoker = { ...held, guild, user, voiceChannel: voiceChannels.channelOf(guild, user) };
      await requestAsListener(invoker, options, asked);
      return undefined;
    } catch (error) {
      return refusalOf(error, pass, request);
    }
  };

  const stateFor = async (pass: RemotePass) => {
    const { guild, user, language } = pass;
    const voiceChannel = voiceChannels.channelOf(guild, user);
    const isHost = await isSessionHost({ ...rights.known(guild, user), guild, voiceChannel }, options);
    const favourites = [...(await options.favourites.list(guild)), ...(await options.personalFavourites.list(user))];
    const view = viewFor(pass);
    return view && remoteStateOf(view, catalogueOf(guild), { user, say: sayIn(language), isHost, favourites });
  };

  const admit = (token: string, newcomer: PageConnection): RemotePass | number => {
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

  return {
    observe(view) {
      for (const page of pages.values()) {
        const pass = page.pass();
        if (pass?.session !== view.id) continue;
        const problem = problemOf(pass, view);
        if (problem === undefined) page.push();
        else page.close(problem);
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
