import { ChannelType, type Client, DiscordAPIError, PermissionFlagsBits, type VoiceBasedChannel } from "discord.js";
import type { GuildLocale } from "../i18n/guildLocale.ts";
import type { Clock } from "../kernel/clock.ts";
import { truncate } from "../kernel/graphemes.ts";
import type { ChannelId, GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { plainName } from "../kernel/names.ts";
import type { Say } from "../kernel/text.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { SessionView } from "../session/view.ts";

/** A status that changes with each skip would be one more thing that blinks. */
const MIN_INTERVAL: Millis = seconds(20);
/** How long the end of the process waits for the last word. */
const CLOSE_TIMEOUT: Millis = seconds(2);
/** Discord takes 500 characters; a glance takes fewer. */
const MAX_LENGTH = 100;

/** The line below the voice channel's name. */
export interface VoiceStatus {
  /** Cheap: call it with every view. */
  show(view: SessionView): void;
  /** Clears what it has said; waits for that a moment. */
  close(): Promise<void>;
}

/** What a guild's channel says, and what it should. */
interface ChannelStatus {
  readonly channel: ChannelId;
  text: string;
  wanted: string;
  sentAt: Millis;
  cancelPending?: (() => void) | undefined;
}

const statusText = ({ status, now, programme }: SessionView, say: Say): string => {
  if (status === "over" || now === undefined) return "";
  const title = plainName(say.word(now.title));
  return truncate(
    `🌙 ${programme ? `${plainName(say.word(programme.title))} · ${title}` : title}`,
    MAX_LENGTH,
    MAX_LENGTH,
  );
};

/** Shows in the channel list what plays, and clears it after; where Discord refuses, it is not asked again. */
export const createVoiceStatus = (client: Client, roomSay: GuildLocale, clock: Clock, log: Log): VoiceStatus => {
  const guilds = new Map<GuildId, ChannelStatus>();
  /** Channels in which Discord has refused in spite of what the permissions say. */
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
      const wanted = statusText(view, roomSay.withLanguage(view.guild, view.rules.language));
      const known = guilds.get(view.guild);
      if (known !== undefined && known.channel !== view.channel) void clear(view.guild);
      if (view.status === "over") {
        // What a process of before has said goes too, where its room is not brought back.
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
