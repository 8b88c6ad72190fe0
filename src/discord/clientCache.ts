import {
  type Client,
  type ClientOptions,
  Events,
  type GuildMember,
  LimitedCollection,
  Options,
  type User,
} from "discord.js";
import { minutes } from "../kernel/units.ts";

/** Members who have used the bot without being in a voice channel are forgotten this often, in seconds. */
const SWEEP_INTERVAL = minutes(10) / 1_000;

const isOwn = ({ id, client }: Pick<User | GuildMember, "id" | "client">) => id === client.user?.id;

/** Managers of discord.js that keep nothing, by the names of their classes. */
const KEPT_NOWHERE: ReadonlySet<string> = new Set([
  "ApplicationCommandManager",
  "ApplicationEmojiManager",
  "AutoModerationRuleManager",
  "BaseGuildEmojiManager",
  "DMMessageManager",
  "EntitlementManager",
  "GuildApplicationCommandManager",
  "GuildBanManager",
  "GuildEmojiManager",
  "GuildForumThreadManager",
  "GuildInviteManager",
  "GuildMessageManager",
  "GuildScheduledEventManager",
  "GuildSoundboardSoundManager",
  "GuildStickerManager",
  "GuildTextThreadManager",
  // Messages arrive only with interactions, and none is needed twice.
  "MessageManager",
  "PresenceManager",
  "ReactionManager",
  "ReactionUserManager",
  "StageInstanceManager",
  "SubscriptionManager",
  "ThreadManager",
]);

/** What all of these share: as many empty maps would take 12 KB per guild. */
const NOTHING = new LimitedCollection<string, never>({ maxSize: 0 });

const ONLY_OWN = { maxSize: 0, keepOverLimit: isOwn };

const withLimits = Options.cacheWithLimits({ ThreadMemberManager: ONLY_OWN, UserManager: ONLY_OWN });

/**
 * What discord.js keeps in memory: guilds, their channels and roles, and who is in a voice channel. Its memory grows
 * with the guilds, and not with the people whom the bot has ever seen.
 */
export const CACHE_OPTIONS = {
  makeCache: (type, holds, manager) =>
    KEPT_NOWHERE.has(manager.name) || KEPT_NOWHERE.has(type.name) ? NOTHING : withLimits(type, holds, manager),
  sweepers: {
    ...Options.DefaultSweeperSettings,
    guildMembers: {
      interval: SWEEP_INTERVAL,
      filter: () => (member) => !isOwn(member) && !member.voice.channelId,
    },
  },
} satisfies Pick<ClientOptions, "makeCache" | "sweepers">;

/** Forgets members as soon as they have left their voice channel. */
export const forgetWhoLeft = (client: Client): void => {
  client.on(Events.VoiceStateUpdate, (_, { id, channelId, guild }) => {
    if (channelId !== null || id === client.user?.id) return;
    guild.voiceStates.cache.delete(id);
    guild.members.cache.delete(id);
  });
};
