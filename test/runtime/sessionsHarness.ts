import { UserError } from "../../src/kernel/errors.ts";
import { type ChannelId, type GuildId, id, type UserId } from "../../src/kernel/ids.ts";
import type { Millis } from "../../src/kernel/units.ts";
import { DEFAULT_SETTINGS } from "../../src/ports/defaultSettings.ts";
import type { GuildSettings, SessionStore, SettingsChange, VoiceChannels } from "../../src/ports/guild.ts";
import { createSessions, type SessionsOptions } from "../../src/runtime/sessions.ts";
import type { PlayerCommand, PlayerEvent } from "../../src/session/protocol.ts";
import type { Session } from "../../src/session/session.ts";
import type { SessionView } from "../../src/session/view.ts";
import { ana, lounge, playable } from "../session/sessionFixture.ts";
import { type FakeClock, fakeClock } from "../support/fakeClock.ts";

export const guild = id<GuildId>("1");

type Rows = Map<GuildId, { readonly json: string; readonly savedAt: Millis }>;

export type MemoryStore = SessionStore & { readonly rows: Rows };

/** A store in memory that keeps what a file would: text. */
export const memoryStore = (kept: Rows = new Map()): MemoryStore => {
  const rows: Rows = new Map(kept);
  return {
    rows,
    async write(changes, savedAt) {
      for (const [guild, session] of changes)
        if (session === undefined) rows.delete(guild);
        else rows.set(guild, { json: JSON.stringify(session), savedAt });
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

  const complain = (message: string) => complaints.push(message);
  const sessions = createSessions({
    clock,
    log: { info() {}, warn: complain, error: complain },
    players: {
      open(_guild, onEvent) {
        opened++;
        report = onEvent;
        return {
          send(command) {
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
    /** Packets go out no more, as where the connection does not come about. */
    silence: () => {
      silent = true;
    },
    report: (event: PlayerEvent) => report(event),
    players: () => ({ opened, closed }),
  };
};
