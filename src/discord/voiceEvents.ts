import { type Client, Events } from "discord.js";
import { type GuildId, id, type UserId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { ListenerService } from "../ports/listeners.ts";
import type { Sessions } from "../runtime/sessions.ts";
import type { SessionView } from "../session/view.ts";

/**
 * The effect with which a listener asks for more time during the fade, and otherwise marks a
 * tingle.
 */
const MOON = "🌙";

/** What is to know that somebody has joined or left a voice channel. */
export interface ListenersFollower {
  listenersChanged(guild: GuildId): void;
}

/** Reports to sessions and what else follows it who joins and leaves, and when a session's channel or guild is gone. */
export const reportVoiceEvents = (
  client: Client,
  sessions: Sessions,
  listenerService: Pick<ListenerService, "recordTingle">,
  followers: readonly ListenersFollower[],
  log: Log,
): void => {
  const changed = (guild: string) => {
    sessions.listenersChanged(id<GuildId>(guild));
    for (const follower of followers) follower.listenersChanged(id<GuildId>(guild));
  };

  const gone = ({ guild, channel }: SessionView) => {
    const report = { type: "left", why: "channel-gone" } as const;
    sessions
      .dispatch(guild, { type: "playerReported", report }, channel)
      .catch((error: unknown) => log.info("A session was over before its channel was", { guild, error }));
  };

  client.on(Events.VoiceStateUpdate, (before, after) => {
    changed(after.guild.id);
    const stayed = after.channelId !== null && after.channelId === before.channelId;
    if (!stayed || (after.selfMute === before.selfMute && after.selfDeaf === before.selfDeaf)) return;
    const muted = after.selfMute === true && before.selfMute !== true;
    sessions.listenerActive(id<GuildId>(after.guild.id), id<UserId>(after.id), muted);
  });
  client.on(Events.VoiceChannelEffectSend, ({ guild, userId, emoji }) => {
    if (emoji?.name !== MOON) return;
    const [where, listener] = [id<GuildId>(guild.id), id<UserId>(userId)];
    const view = sessions.all(where).find(({ listeners }) => listeners.includes(listener));
    const timer = view?.sleepTimer;
    const isTingle = timer?.fading !== true && timer?.grace === undefined;
    if (isTingle && listenerService.recordTingle(where, listener) === "counted")
      sessions
        .dispatch(where, { type: "tingleMarked" }, view?.channel)
        .catch((error: unknown) => log.info("A session was over before its tingle showed", { where, error }));
    sessions.listenerActive(where, listener, false);
  });
  // After an outage or a new gateway session, the guild's voice states have been sent again.
  client.on(Events.GuildAvailable, (guild) => changed(guild.id));
  client.on(Events.GuildCreate, (guild) => changed(guild.id));
  client.on(Events.GuildDelete, (guild) => {
    for (const view of sessions.all(id<GuildId>(guild.id))) gone(view);
  });
  client.on(Events.ChannelDelete, (channel) => {
    if (channel.isDMBased()) return;
    for (const view of sessions.all(id<GuildId>(channel.guild.id))) if (view.channel === channel.id) gone(view);
  });
};
