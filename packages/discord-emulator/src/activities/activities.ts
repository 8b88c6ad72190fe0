import type { ActivityFrame } from "../api.ts";
import { BOT_ID, type GuildMember, type GuildState } from "../state/guild.ts";
import { createFrame, type Frame } from "./frame.ts";
import type { OAuth } from "./oauth.ts";
import type { RpcMessage } from "./rpc.ts";

/** Discord's number for the command that opens an activity. */
const ENTRY_POINT = 4;

/** The activity of the bot, in the voice channels in which members have opened it. */
export interface Activities {
  /**
   * Opens it for a member, in the voice channel that they sit in.
   * @param send is called with what the client says to the page
   * @throws Error where there is no activity, or the member sits nowhere
   */
  open(
    guild: GuildState,
    member: GuildMember,
    send: (message: RpcMessage) => void,
    platform: "desktop" | "mobile",
  ): ActivityFrame;
  of(user: string): ActivityFrame | undefined;
}

/** Creates it with no page open. */
export const createActivities = (oauth: OAuth, address: () => string): Activities => {
  const frames = new Map<string, Frame>();
  /** By voice channel: it is one activity for all who open it there. */
  const instances = new Map<string, string>();
  const watched = new Set<GuildState>();

  const inChannel = (channel: string) => [...frames.values()].filter((frame) => frame.channel === channel);
  const tellParticipants = (channel: string) => {
    const frameList = inChannel(channel);
    const participants = frameList.map(({ participant }) => participant);
    for (const frame of frameList) frame.tell("ACTIVITY_INSTANCE_PARTICIPANTS_UPDATE", { participants });
  };
  const forget = ({ user, channel }: Frame) => {
    frames.delete(user);
    if (inChannel(channel).length === 0) instances.delete(channel);
    else tellParticipants(channel);
  };
  /** A member who leaves the voice channel leaves the activity. */
  const watch = (guild: GuildState) => {
    if (watched.has(guild)) return;
    watched.add(guild);
    guild.onChange(() => {
      for (const frame of [...frames.values()]) {
        const isThere = guild.voiceStates.get(frame.user)?.channelId === frame.channel;
        if (frame.guild === guild.id && !isThere) frame.close();
      }
    });
  };

  return {
    open(guild, member, send, platform) {
      if (![...guild.commands.values()].some(({ type }) => type === ENTRY_POINT))
        throw new Error("The bot has registered no entry point, and so has no activity.");
      const channelId = guild.voiceStates.get(member.id)?.channelId;
      const channel = guild.channels.get(channelId ?? "");
      if (channel === undefined) throw new Error(`${member.name} is in no voice channel.`);
      frames.get(member.id)?.close();
      watch(guild);
      const instanceId = instances.get(channel.id) ?? `i-${guild.snowflake()}-gc-${guild.id}-${channel.id}`;
      instances.set(channel.id, instanceId);
      const frame = createFrame({
        application: BOT_ID,
        guild,
        member,
        channel,
        instanceId,
        platform,
        oauth,
        apiAddress: address(),
        participants: () => inChannel(channel.id).map(({ participant }) => participant),
        send,
        onReady: () => tellParticipants(channel.id),
        onEnd: () => forget(frame),
      });
      frames.set(member.id, frame);
      return frame;
    },
    of: (user) => frames.get(user),
  };
};
