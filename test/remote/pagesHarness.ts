import { once } from "node:events";
import WebSocket from "ws";
import { createCatalogue } from "../../src/catalogue/catalogue.ts";
import { openHttpServer } from "../../src/http/httpServer.ts";
import { english } from "../../src/i18n/english.ts";
import { type ChannelId, type GuildId, id, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { createListenerService } from "../../src/listeners/listenerService.ts";
import type { AccessProblem } from "../../src/ports/channelAccess.ts";
import { openProgrammes } from "../../src/programmes/openProgrammes.ts";
import type { Pages, PagesOptions } from "../../src/remote/pages.ts";
import type { RemotePlans, RemoteState, ServerMessage } from "../../src/remote/protocol.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { SOUNDS } from "../commands/commandHarness.ts";
import { memoryScheduledEvents } from "../programmes/memoryScheduledEvents.ts";
import { guild, openSessionsHarness } from "../runtime/sessionsHarness.ts";
import { ana, chat, lounge } from "../session/sessionFixture.ts";

/** A page's end of a connection: what has arrived, and a way to wait for more. */
const connectPage = (address: string, origin: string) => {
  const socket = new WebSocket(address.replace("http", "ws"), { origin });
  const arrived: ServerMessage[] = [];
  socket.on("message", (data) => arrived.push(JSON.parse(String(data)) as ServerMessage));
  socket.on("error", () => {});
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  const next = async <Type extends ServerMessage["type"]>(type: Type) => {
    for (;;) {
      const at = arrived.findIndex((message) => message.type === type);
      if (at >= 0) return arrived.splice(at, 1)[0] as Extract<ServerMessage, { type: Type }>;
      await once(socket, "message");
    }
  };
  return {
    socket,
    closed,
    next,
    say: (message: unknown) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    async open(token: string) {
      await once(socket, "open");
      socket.send(JSON.stringify({ type: "open", token }));
    },
    async plansWhere(holds: (plans: RemotePlans) => boolean) {
      for (;;) {
        const { plans } = await next("plans");
        if (holds(plans)) return plans;
      }
    },
    async stateWhere(holds: (state: RemoteState) => boolean) {
      for (;;) {
        const { state } = await next("state");
        if (holds(state)) return state;
      }
    },
  };
};

/** Sessions, storage and an HTTP server for pages that a test opens on them. */
export const openPagesHarness = async <Opened extends Pages>(
  open: (options: PagesOptions & { readonly http: { readonly address: string } }) => Opened,
) => {
  const http = await openHttpServer({ host: "127.0.0.1", port: 0 }, silentLog);
  const storage = await openStorage({ path: ":memory:" });
  const harness = openSessionsHarness({ onView: (view) => pages.observe(view), settings: storage.settings });
  const catalogueOf = () => createCatalogue(SOUNDS);
  const seats = new Map<UserId, ChannelId>();
  const hosts = new Set<UserId>();
  const elsewhere = new Set<GuildId>();
  const sockets: WebSocket[] = [];
  const rightsOf = (_guild: GuildId, user: UserId) => ({
    roles: [],
    hasGuildPermission: () => hosts.has(user),
    hasChannelPermission: () => hosts.has(user),
  });
  const listenerService = createListenerService({
    ...storage,
    catalogueOf,
    voiceChannels: harness.rooms,
    appendToPanel: async () => {},
    clock: harness.clock,
    timeZone: "Europe/Berlin",
    log: silentLog,
  });
  const programmes = openProgrammes({
    ...storage,
    sessions: harness.sessions,
    catalogueOf,
    listenerService,
    programmeStore: storage.programmes,
    voiceChannels: harness.rooms,
    scheduledEvents: memoryScheduledEvents().scheduledEvents,
    visuals: { render: async () => new Uint8Array() },
    sayInGuild: async () => english,
    announce: async () => {},
    checkAccess() {},
    botUser: id<UserId>("999"),
    isAvailable: () => true,
    onPlansChanged: (changed) => pages.plansChanged(changed),
    clock: harness.clock,
    log: silentLog,
  });
  let obstacle: AccessProblem | undefined;
  const pages = open({
    ...storage,
    ...programmes,
    sessions: harness.sessions,
    catalogueOf,
    listenerService,
    channelAccess: {
      accessProblem: () => obstacle,
      diagnose: () => ({ problems: [], optional: [] }),
      canMoveMembers: () => true,
    },
    timeZone: "Europe/Berlin",
    http,
    loudnessCurves: {
      of: async (sound) =>
        sound === "ocean" ? { mean: -30, at: (position) => (position % 100 < 50 ? -27 : -36) } : undefined,
    },
    carries: (of) => !elsewhere.has(of),
    voiceChannels: { channelOf: (of, user) => (of === guild ? seats.get(user) : undefined) },
    rights: { known: rightsOf, ask: async (...who) => rightsOf(...who) },
    clock: harness.clock,
    log: silentLog,
  });

  return {
    http,
    storage,
    ...programmes,
    ...harness,
    pages,
    /** The voice channel that each sits in. */
    seats,
    hosts,
    /** Guilds that another replica looks after. */
    elsewhere,
    /** What keeps the bot out of every voice channel. */
    forbid(problem: AccessProblem | undefined) {
      obstacle = problem;
    },
    /** @param path of the socket */
    connect(path: string, origin = http.address) {
      const page = connectPage(`${http.address}${path}`, origin);
      sockets.push(page.socket);
      return page;
    },
    play: () =>
      harness.sessions.dispatch(guild, {
        type: "soundQueued",
        by: ana,
        request: {
          title: "Slow Shore",
          layers: [{ sound: { id: id("ocean"), title: "Slow Shore" }, gainDb: 0, place: "centre" }],
        },
        when: "now",
        channel: lounge,
        panel: chat,
      }),
    async close() {
      for (const socket of sockets) socket.terminate();
      pages.close();
      programmes.evenings.close();
      programmes.wakeUps.close();
      await http.close();
      await storage.close();
    },
  };
};
