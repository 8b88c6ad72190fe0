import { ChannelType, type Client, Events, type VoiceState } from "discord.js";
import type { Log } from "../kernel/log.ts";

/** On a stage a bot arrives in the audience, and plays to nobody: it becomes a speaker where it may, else raises its hand. */
const speakUp = async (state: VoiceState, log: Log): Promise<void> => {
  try {
    await state.setSuppressed(false);
  } catch {
    await state.setRequestToSpeak(true);
    log.info("Asked to speak on a stage", { guild: state.guild.id, channel: state.channelId });
  }
};

export const speakOnStages = (client: Client, log: Log): void => {
  client.on(Events.VoiceStateUpdate, (before, after) => {
    const arrives = after.id === client.user?.id && after.channelId !== null && after.channelId !== before.channelId;
    // A moderator who sends the bot back into the audience has the last word.
    if (!arrives || !after.suppress || after.channel?.type !== ChannelType.GuildStageVoice) return;
    speakUp(after, log).catch((error: unknown) => log.warn("Could not speak on a stage", { error }));
  });
};
