import { ChannelType, type Client, DiscordAPIError, PermissionFlagsBits, type VoiceBasedChannel } from "discord.js";
import type { GuildLocale } from "../i18n/guildLocale.ts";
import type { Say } from "../i18n/say.ts";
import type { Clock } from "../kernel/clock.ts";
import { truncate } from "../kernel/graphemes.ts";
import type { ChannelId, HelperId, SessionId } from "../kernel/ids.ts";
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

/** The current status of a channel, and the wanted one. */
interface ChannelStatus {
  readonly channel: ChannelId;
  readonly helper: HelperId | undefined;
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
 * @param clientOf the client of the helper that speaks; without one, the bot's own
 */
export const createVoiceStatus = (
  clientOf: (helper?: HelperId) => Client | undefined,
  guildLocale: GuildLocale,
  clock: Clock,
  log: Log,
): VoiceStatus => {
  const shown = new Map<SessionId, ChannelStatus>();
  /** Channels in which Discord has refused in spite of the permissions, with who asked. */
  const refused = new Set<string>();

  const mayChange = (channel: VoiceBasedChannel | undefined): boolean => {
    const me = channel?.guild.members.me;
    return (
      me != null &&
      channel?.type === ChannelType.GuildVoice &&
      channel.permissionsFor(me).has(PermissionFlagsBits.SetVoiceChannelStatus)
    );
  };

  const put = async ({ channel, helper }: Pick<ChannelStatus, "channel" | "helper">, text: string): Promise<void> => {
    const client = clientOf(helper);
    const known = client?.channels.cache.get(channel);
    const asked = `${channel} ${helper ?? ""}`;
    if (client === undefined || refused.has(asked) || !mayChange(known?.isVoiceBased() ? known : undefined)) return;
    try {
      await client.rest.put(`/channels/${channel}/voice-status`, { body: { status: text } });
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 403) refused.add(asked);
      log.info("The voice channel's status was not taken", { channel, error });
    }
  };

  const change = async (said: ChannelStatus): Promise<void> => {
    said.cancelPending?.();
    said.cancelPending = undefined;
    if (said.wanted === said.text) return;
    said.text = said.wanted;
    said.sentAt = clock.now();
    await put(said, said.text);
  };

  const clear = async (session: SessionId): Promise<void> => {
    const said = shown.get(session);
    if (said === undefined) return;
    shown.delete(session);
    said.wanted = "";
    await change(said);
  };

  return {
    show(view) {
      const wanted = statusText(view, guildLocale.withLanguage(view.guild, view.rules.language));
      const known = shown.get(view.id);
      if (known !== undefined && known.channel !== view.channel) void clear(view.id);
      if (view.status === "over") {
        // A status left by an earlier process is cleared too, if its session is not restored.
        if (known === undefined) void put({ channel: view.channel, helper: view.helper }, "");
        else void clear(view.id);
        return;
      }
      const said: ChannelStatus = shown.get(view.id) ?? {
        channel: view.channel,
        helper: view.helper,
        text: "",
        wanted,
        sentAt: Number.NEGATIVE_INFINITY,
      };
      shown.set(view.id, said);
      said.wanted = wanted;
      const rest = said.sentAt + MIN_INTERVAL - clock.now();
      if (rest <= 0) void change(said);
      else said.cancelPending ??= clock.after(rest, () => void change(said));
    },
    async close() {
      const cleared = Promise.all([...shown.keys()].map(clear));
      let stopWaiting = () => {};
      const late = new Promise<void>((resolve) => {
        stopWaiting = clock.after(CLOSE_TIMEOUT, resolve);
      });
      await Promise.race([cleared, late]);
      stopWaiting();
    },
  };
};
