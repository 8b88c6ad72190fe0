import { type Client, Events } from "discord.js";
import { type GuildId, id, type UserId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { ListenerService } from "../ports/listeners.ts";
import type { Sessions } from "../runtime/sessions.ts";

/** What a listener sends to say: a little longer, while it fades, and: this tingles, otherwise. */
const MOON = "🌙";

/** Tells sessions who comes and goes, and when their channel or guild is no more. */
export const reportVoiceEvents = (
  client: Client,
  sessions: Sessions,
  care: Pick<ListenerService, "recordTingle">,
  log: Log,
): void => {
  const changed = (guild: string) => sessions.listenersChanged(id<GuildId>(guild));

  const gone = (guild: GuildId) => {
    const report = { type: "left", why: "channel-gone" } as const;
    sessions
      .dispatch(guild, { type: "playerReported", report })
      .catch((error: unknown) => log.info("A session was over before its channel was", { guild, error }));
  };

  client.on(Events.VoiceStateUpdate, (before, after) => {
    changed(after.guild.id);
    const stayed = after.channelId !== null && after.channelId === before.channelId;
    if (!stayed || (after.selfMute === before.selfMute && after.selfDeaf === before.selfDeaf)) return;
    sessions.listenerActive(id<GuildId>(after.guild.id), id<UserId>(after.id));
  });
  client.on(Events.VoiceChannelEffectSend, ({ guild, userId, emoji }) => {
    if (emoji?.name !== MOON) return;
    const room = id<GuildId>(guild.id);
    if (sessions.view(room)?.sleepTimer?.fading !== true) care.recordTingle(room, id<UserId>(userId));
    sessions.listenerActive(room, id<UserId>(userId));
  });
  // After an outage, or a new gateway session, the guild's voice states have come anew.
  client.on(Events.GuildAvailable, (guild) => changed(guild.id));
  client.on(Events.GuildCreate, (guild) => changed(guild.id));
  client.on(Events.GuildDelete, (guild) => {
    if (sessions.view(id<GuildId>(guild.id)) !== undefined) gone(id<GuildId>(guild.id));
  });
  client.on(Events.ChannelDelete, (channel) => {
    if (channel.isDMBased()) return;
    const guild = id<GuildId>(channel.guild.id);
    if (sessions.view(guild)?.channel === channel.id) gone(guild);
  });
};
