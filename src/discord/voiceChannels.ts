import { type Client, Events, PermissionFlagsBits } from "discord.js";
import type { Clock } from "../kernel/clock.ts";
import { type ChannelId, type HelperId, id, type UserId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import type { ChannelAccess } from "../ports/channelAccess.ts";
import type { VoiceChannels } from "../ports/guild.ts";
import { speakProblem } from "./botAccess.ts";
import { createDiagnose } from "./doctor.ts";

/**
 * Remembers when members joined their voice channels, which the gateway does not say.
 * @returns when a member joined a channel; if that was before the bot could know, when it was first
 * asked
 */
const trackJoins = (client: Client, clock: Clock) => {
  const joins = new Map<string, Map<string, { readonly channel: string; readonly at: Millis }>>();

  const note = (guild: string, user: string, channel: string): Millis => {
    const at = clock.now();
    joins.set(guild, (joins.get(guild) ?? new Map()).set(user, { channel, at }));
    return at;
  };

  client.on(Events.VoiceStateUpdate, (before, { guild, id, channelId }) => {
    if (channelId === null) joins.get(guild.id)?.delete(id);
    else if (before.channelId !== channelId) note(guild.id, id, channelId);
  });
  client.on(Events.GuildDelete, ({ id }) => void joins.delete(id));

  return (guild: string, user: string, channel: string): Millis => {
    const known = joins.get(guild)?.get(user);
    return known?.channel === channel ? known.at : note(guild, user, channel);
  };
};

/**
 * Who is in which voice channel, and where the bot may go, from the gateway's voice states and
 * roles.
 * @param helpers those whose access is asked for elsewhere; they are no listeners
 */
export const createVoiceChannels = (
  client: Client,
  clock: Clock,
  helpers: ReadonlySet<HelperId> = new Set(),
): VoiceChannels & ChannelAccess => {
  const statesOf = (guild: string) => client.guilds.cache.get(guild)?.voiceStates.cache;
  const joinedAt = trackJoins(client, clock);

  const listeningStates = (guild: string, channel: string) =>
    statesOf(guild)?.filter(
      // A member the gateway has not described yet counts as a person: bots are flagged.
      (state) =>
        state.channelId === channel &&
        state.id !== client.user?.id &&
        !helpers.has(id<HelperId>(state.id)) &&
        !state.member?.user.bot,
    );

  return {
    channelOf(guild, user) {
      const channel = statesOf(guild)?.get(user)?.channelId;
      return channel ? id<ChannelId>(channel) : undefined;
    },

    listeners(guild, channel) {
      return [...(listeningStates(guild, channel)?.keys() ?? [])].map((user) => id<UserId>(user));
    },

    presences(guild, channel) {
      return [...(listeningStates(guild, channel)?.values() ?? [])].map((state) => {
        const joinedGuildAt = state.member?.joinedTimestamp ?? undefined;
        return {
          user: id<UserId>(state.id),
          joinedChannelAt: joinedAt(guild, state.id, channel),
          ...(joinedGuildAt !== undefined && { joinedGuildAt }),
        };
      });
    },

    diagnose: createDiagnose(client, clock),

    canMoveMembers: (guild) =>
      client.guilds.cache.get(guild)?.members.me?.permissions.has(PermissionFlagsBits.MoveMembers) === true,

    accessProblem(guildId, channelId) {
      const guild = client.guilds.cache.get(guildId);
      const channel = guild?.channels.cache.get(channelId);
      const me = guild?.members.me;
      if (!guild || !me) return undefined;
      return speakProblem(guild, me, channel, clock.now());
    },
  };
};
