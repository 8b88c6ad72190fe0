import {
  ChannelType,
  type Client,
  DiscordAPIError,
  Events,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  type VoiceState,
} from "discord.js";
import type { Log } from "../kernel/log.ts";

/**
 * On a stage, the bot joins the audience and can't be heard. It becomes a speaker if it may, else
 * it raises its hand. Meanwhile the panel says so, because the engine reports that it is
 * suppressed.
 */
const becomeSpeaker = async (state: VoiceState, log: Log): Promise<void> => {
  const me = state.guild.members.me;
  const may = (permission: bigint) => me !== null && state.channel?.permissionsFor(me).has(permission) === true;
  const where = { guild: state.guild.id, channel: state.channelId };
  if (may(PermissionFlagsBits.MuteMembers)) {
    await state.setSuppressed(false);
  } else if (may(PermissionFlagsBits.RequestToSpeak)) {
    await state.setRequestToSpeak(true);
    log.info("Asked to speak on a stage", where);
  } else {
    log.info("May not even ask to speak on a stage", where);
  }
};

/**
 * Becomes a speaker, or raises its hand, whenever the bot joins a stage channel.
 * @param isServed whether this process looks after the guild at this moment
 */
export const becomeSpeakerOnStages = (client: Client, isServed: (guild: string) => boolean, log: Log): void => {
  client.on(Events.VoiceStateUpdate, (before, after) => {
    if (!isServed(after.guild.id)) return;
    const arrives = after.id === client.user?.id && after.channelId !== null && after.channelId !== before.channelId;
    // If a moderator moves the bot back to the audience, it stays there.
    if (!arrives || !after.suppress || after.channel?.type !== ChannelType.GuildStageVoice) return;
    becomeSpeaker(after, log).catch((error: unknown) => {
      // It was moved to another channel meanwhile.
      if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType)
        return;
      log.warn("Could not speak on a stage", { error });
    });
  });
};
