import { ChannelType, type Client, Events, PermissionFlagsBits, type VoiceState } from "discord.js";
import type { Log } from "../kernel/log.ts";

/**
 * On a stage a bot arrives in the audience, and plays to nobody: it becomes a speaker where it may, else it raises its hand.
 * The panel says so meanwhile, because the engine reports that it is suppressed.
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

export const becomeSpeakerOnStages = (client: Client, log: Log): void => {
  client.on(Events.VoiceStateUpdate, (before, after) => {
    const arrives = after.id === client.user?.id && after.channelId !== null && after.channelId !== before.channelId;
    // A moderator who sends the bot back into the audience has the last word.
    if (!arrives || !after.suppress || after.channel?.type !== ChannelType.GuildStageVoice) return;
    becomeSpeaker(after, log).catch((error: unknown) => log.warn("Could not speak on a stage", { error }));
  });
};
