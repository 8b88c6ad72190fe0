import { ChannelType, type Client, DiscordAPIError, PermissionFlagsBits, type VoiceBasedChannel } from "discord.js";
import type { GuildLocale } from "../i18n/guildLocale.ts";
import type { Say } from "../i18n/say.ts";
import type { Clock } from "../kernel/clock.ts";
import { truncate } from "../kernel/graphemes.ts";
import type { ChannelId, GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { rawText } from "../kernel/memberText.ts";
import { plainName } from "../kernel/names.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { SessionView } from "../session/view.ts";

/** The shortest time between changes: a status that changes with every skip would be restless. */
const MIN_INTERVAL: Millis = seconds(20);
/** How long shutdown waits for the status to be cleared. */
const CLOSE_TIMEOUT: Millis = seconds(2);
/** Discord accepts 500 characters; fewer are readable at a glance. */
const MAX_LENGTH = 100;

/** The voice channel status: the line below the channel's name. */
export interface VoiceStatus {
  /** Cheap: call it with every session view. */
  show(view: SessionView): void;
  /** Clears the status, and waits a moment for that. */
  close(): Promise<void>;
}

/** The current status of a guild's channel, and the wanted one. */
interface ChannelStatus {
  readonly channel: ChannelId;
  text: string;
  wanted: string;
  sentAt: Millis;
  cancelPending?: (() => void) | undefined;
}

const statusText = ({ status, now, programme }: SessionView, say: Say): string => {
  if (status === "over" || now === undefined || (status === "playing" && !now.heard)) return "";
  const title = plainName(rawText(say.word(now.title)));
  return truncate(
    `🌙 ${programme ? `${plainName(rawText(say.word(programme.title)))} · ${title}` : title}`,
    MAX_LENGTH,
    MAX_LENGTH,
  );
};

/**
 * Shows what is playing in the voice channel status and clears it afterwards; if Discord refuses,
 * it is not tried again.
 */
export const createVoiceStatus = (client: Client, guildLocale: GuildLocale, clock: Clock, log: Log): VoiceStatus => {
  const guilds = new Map<GuildId, ChannelStatus>();
  /** Channels in which Discord has refused in spite of the permissions. */
  const refused = new Set<ChannelId>();

  const mayChange = (channel: VoiceBasedChannel | undefined): boolean => {
    const me = channel?.guild.members.me;
    return (
      me != null &&
      channel?.type === ChannelType.GuildVoice &&
      channel.permissionsFor(me).has(PermissionFlagsBits.SetVoiceChannelStatus)
    );
  };

  const put = async (channel: ChannelId, text: string): Promise<void> => {
    const known = client.channels.cache.get(channel);
    if (refused.has(channel) || !mayChange(known?.isVoiceBased() ? known : undefined)) return;
    try {
      await client.rest.put(`/channels/${channel}/voice-status`, { body: { status: text } });
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 403) refused.add(channel);
      log.info("The voice channel's status was not taken", { channel, error });
    }
  };

  const change = async (said: ChannelStatus): Promise<void> => {
    said.cancelPending?.();
    said.cancelPending = undefined;
    if (said.wanted === said.text) return;
    said.text = said.wanted;
    said.sentAt = clock.now();
    await put(said.channel, said.text);
  };

  const clear = async (guild: GuildId): Promise<void> => {
    const said = guilds.get(guild);
    if (said === undefined) return;
    guilds.delete(guild);
    said.wanted = "";
    await change(said);
  };

  return {
    show(view) {
      const wanted = statusText(view, guildLocale.withLanguage(view.guild, view.rules.language));
      const known = guilds.get(view.guild);
      if (known !== undefined && known.channel !== view.channel) void clear(view.guild);
      if (view.status === "over") {
        // A status left by an earlier process is cleared too, if its session is not restored.
        if (known === undefined) void put(view.channel, "");
        else void clear(view.guild);
        return;
      }
      const said: ChannelStatus = guilds.get(view.guild) ?? {
        channel: view.channel,
        text: "",
        wanted,
        sentAt: Number.NEGATIVE_INFINITY,
      };
      guilds.set(view.guild, said);
      said.wanted = wanted;
      const rest = said.sentAt + MIN_INTERVAL - clock.now();
      if (rest <= 0) void change(said);
      else said.cancelPending ??= clock.after(rest, () => void change(said));
    },
    async close() {
      const cleared = Promise.all([...guilds.keys()].map(clear));
      let stopWaiting = () => {};
      const late = new Promise<void>((resolve) => {
        stopWaiting = clock.after(CLOSE_TIMEOUT, resolve);
      });
      await Promise.race([cleared, late]);
      stopWaiting();
    },
  };
};
