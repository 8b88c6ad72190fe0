import { UserError } from "../../src/kernel/errors.ts";
import { type ChannelId, type GuildId, type HelperId, id, type UserId } from "../../src/kernel/ids.ts";
import { playerIdOf } from "../../src/kernel/playerId.ts";
import type { Millis } from "../../src/kernel/units.ts";
import { DEFAULT_SETTINGS } from "../../src/ports/defaultSettings.ts";
import type { GuildSettings, SessionStore, SettingsChange, VoiceChannels } from "../../src/ports/guild.ts";
import { createSessions, type SessionsOptions } from "../../src/runtime/sessions.ts";
import type { PlayerCommand, PlayerEvent } from "../../src/session/protocol.ts";
import type { Session } from "../../src/session/session.ts";
import type { SessionView } from "../../src/session/view.ts";
import { ana, lounge, playable } from "../session/sessionFixture.ts";
import { type FakeClock, fakeClock } from "../support/fakeClock.ts";
import { asLone } from "./loneSession.ts";

export const guild = id<GuildId>("1");

/** By `playerIdOf`, which is the guild where the bot itself speaks. */
type Rows = Map<string, { readonly json: string; readonly savedAt: Millis }>;

export type MemoryStore = SessionStore & { readonly rows: Rows };

/** A store in memory that keeps what a file would: text. */
export const memoryStore = (kept: Rows = new Map()): MemoryStore => {
  const rows: Rows = new Map(kept);
  return {
    rows,
    async write(changes, savedAt) {
      for (const { bot, session } of changes)
        if (session === undefined) rows.delete(playerIdOf(bot));
        else rows.set(playerIdOf(bot), { json: JSON.stringify(session), savedAt });
    },
    async all() {
      return [...rows.values()].map(({ json, savedAt }) => ({ session: JSON.parse(json) as Session, savedAt }));
    },
  };
};

/** The registry with everything outside it played by the test: an obedient engine, a catalogue, a room, panels. */
export const openSessionsHarness = (
  options: Partial<SessionsOptions> = {},
  clock: FakeClock = fakeClock(),
  store: MemoryStore = memoryStore(),
) => {
  const voiceChannels: VoiceChannels = {
    channelOf: () => lounge,
    listeners: (_guild, channel) => listenersIn.get(channel) ?? [],
    presences: (_guild, channel) =>
      (listenersIn.get(channel) ?? []).map((user) => ({ user, joinedGuildAt: 0, joinedChannelAt: 0 })),
  };
  const commands: PlayerCommand[] = [];
  const panels: SessionView[] = [];
  const complaints: string[] = [];
  const changes: SettingsChange[] = [];
  const disconnected: UserId[] = [];
  const listenersIn = new Map<ChannelId, readonly UserId[]>([[lounge, [ana]]]);
  let opened = 0;
  let closed = 0;
  let silent = false;
  let report: (event: PlayerEvent) => void = () => {};
  /** What each bot in the guild was told. */
  const told = new Map<string, PlayerCommand[]>();
  const reports = new Map<string, (event: PlayerEvent) => void>();

  const complain = (message: string) => complaints.push(message);
  const registry = createSessions({
    clock,
    log: { info() {}, warn: complain, error: complain },
    players: {
      open(bot, onEvent) {
        opened++;
        report = onEvent;
        reports.set(playerIdOf(bot), onEvent);
        return {
          send(command) {
            told.set(playerIdOf(bot), [...(told.get(playerIdOf(bot)) ?? []), command]);
            // What is said of ceiling and ducking has tests of its own.
            if (!/^set(Ceiling|Ducking)$/.test(command.type)) commands.push(command);
            if (command.type === "join") onEvent({ type: "connected", channel: command.channel });
            if (command.type === "play" && !silent) onEvent({ type: "soundStarted", entry: command.entry });
            if (command.type === "leave") clock.after(command.over, () => onEvent({ type: "left", why: "asked" }));
          },
          close() {
            closed++;
          },
        };
      },
    },
    soundSource: {
      async prepare(sound) {
        if (sound === "gone") throw new UserError("unknown-sound", "That sound is gone.");
        return playable(sound);
      },
    },
    settings: {
      of: async () => DEFAULT_SETTINGS,
      async change(_guild, change) {
        changes.push(change);
        return { ...DEFAULT_SETTINGS, ...change } as GuildSettings;
      },
    },
    voiceChannels,
    panels: {
      async show(view) {
        panels.push(view);
        return undefined;
      },
    },
    voiceMembers: {
      async disconnect(_guild, user) {
        disconnected.push(user);
      },
      async moveAtTimerEnd() {},
    },
    store,
    ...options,
  });
  const sessions = asLone(registry);

  return {
    clock,
    rooms: voiceChannels,
    store,
    sessions,
    commands: () => commands.splice(0),
    types: () => commands.splice(0).map(({ type }) => type),
    panels: () => panels.splice(0),
    complaints,
    changes,
    /** Members who were disconnected, in order. */
    disconnected,
    /** Who sits in the lounge from now on. */
    seat(...users: UserId[]) {
      listenersIn.set(lounge, users);
      sessions.listenersChanged(guild);
    },
    /** Who sits in another voice channel from now on. */
    seatIn(channel: ChannelId, ...users: UserId[]) {
      listenersIn.set(channel, users);
      sessions.listenersChanged(guild);
    },
    /** The channels that a bot has been told to join, in order; the bot itself without a helper. */
    joined: (helper?: HelperId) =>
      (told.get(playerIdOf({ guild, helper })) ?? []).flatMap((command) =>
        command.type === "join" ? [command.channel] : [],
      ),
    /** What a bot was told, by type. */
    toldTo: (helper?: HelperId) => (told.get(playerIdOf({ guild, helper })) ?? []).map(({ type }) => type),
    /** A moderator moves a bot. */
    move: (channel: ChannelId, helper?: HelperId) =>
      reports.get(playerIdOf({ guild, helper }))?.({ type: "connected", channel }),
    /** Packets go out no more, as where the connection does not come about. */
    silence: () => {
      silent = true;
    },
    report: (event: PlayerEvent) => report(event),
    players: () => ({ opened, closed }),
  };
};
