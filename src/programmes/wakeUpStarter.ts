import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Sound } from "../catalogue/sound.ts";
import { type ChannelId, type GuildId, id, type SoundId } from "../kernel/ids.ts";
import type { VoiceChannels } from "../ports/guild.ts";
import type { Consents, ListenerService } from "../ports/listeners.ts";
import type { WakeUp } from "../ports/wakeUps.ts";
import type { Sessions } from "../runtime/sessions.ts";
import { singleLayer } from "../session/mix.ts";
import type { PlayRequest } from "../session/session.ts";
import { nothingSuitable } from "./guildProgrammes.ts";

/** What wakes gently, the best first. */
const GENTLE_SOUNDS = ["dawn-birds", "brook-light", "bowl-bright", "stream", "pour", "bowl", "ocean"].map((name) =>
  id<SoundId>(name),
);

/** What starting wake-ups needs of the rest of the bot. */
export interface WakeUpStarterOptions {
  readonly sessions: Pick<Sessions, "dispatch" | "view" | "all">;
  readonly voiceChannels: Pick<VoiceChannels, "channelOf" | "listeners">;
  readonly consents: Pick<Consents, "usersConsenting">;
  readonly listenerService: Pick<ListenerService, "soundFilter">;
  /** The catalogue of a guild. */
  catalogueOf(guild: GuildId): Pick<Catalogue, "find">;
  /** @throws UserError when the bot can't be heard in the channel */
  checkAccess(guild: GuildId, channel: ChannelId): void;
}

/** Starts wake-ups whose time has come. */
export interface WakeUpStarter {
  /**
   * @param due what is due in the guild now, this one included
   * @returns false while nobody is there, or somebody there has not agreed
   * @throws UserError when it can't start for now
   */
  start(wakeUp: WakeUp, due: readonly WakeUp[]): Promise<boolean>;
  /** Whether a session plays for this wake-up. */
  isOn(wakeUp: WakeUp): boolean;
}

/** Creates what starts wake-ups. */
export const createWakeUpStarter = (options: WakeUpStarterOptions): WakeUpStarter => {
  const { sessions, voiceChannels, consents, listenerService, catalogueOf, checkAccess } = options;

  /** Where it is heard: the channel from which it was set while anybody is there, else where its member is. */
  const channelFor = ({ guild, by, scope, channel }: WakeUp): ChannelId | undefined =>
    scope === "channel" && voiceChannels.listeners(guild, channel).length > 0
      ? channel
      : voiceChannels.channelOf(guild, by);

  /** A wake-up for one member is heard by everyone in the channel: the others have agreed, or are being woken too. */
  const othersAgree = async ({ guild, by }: WakeUp, channel: ChannelId, due: readonly WakeUp[]): Promise<boolean> => {
    if (sessions.view(guild, channel)?.wakeUp !== undefined) return true;
    const woken = new Set(due.map((one) => one.by));
    const others = voiceChannels.listeners(guild, channel).filter((user) => user !== by && !woken.has(user));
    return others.length === (await consents.usersConsenting(guild, "wake", others)).length;
  };

  const requestOf = ({ id: sound, title }: Sound): PlayRequest => ({
    title,
    layers: singleLayer({ id: sound, title }),
  });

  /** What was chosen, where all of it is there and suits the people in the channel; else something gentle. */
  const requestFor = async ({ guild, request }: WakeUp, channel: ChannelId): Promise<PlayRequest> => {
    const [catalogue, suits] = [catalogueOf(guild), await listenerService.soundFilter(guild, channel)];
    const isFine = (sound: SoundId): boolean => {
      const found = catalogue.find(sound);
      return found !== undefined && suits(found);
    };
    if (request?.layers.every(({ sound }) => isFine(sound.id))) return request;
    const gentle = GENTLE_SOUNDS.filter(isFine).map((sound) => catalogue.find(sound)!);
    const [first] = gentle;
    if (first === undefined) throw nothingSuitable();
    return requestOf(first);
  };

  return {
    async start(wakeUp, due) {
      const { guild, by, panel, at } = wakeUp;
      const channel = channelFor(wakeUp);
      if (channel === undefined) return false;
      if (wakeUp.scope === "me" && !(await othersAgree(wakeUp, channel, due))) return false;
      if (sessions.view(guild, channel) === undefined) checkAccess(guild, channel);
      const request = await requestFor(wakeUp, channel);
      await sessions.dispatch(guild, {
        type: "wakeUpStarted",
        by,
        wakeUp: wakeUp.id,
        request,
        fullAt: at,
        channel,
        panel,
      });
      return true;
    },
    isOn: ({ guild, id: wakeUp }) => sessions.all(guild).some((view) => view.wakeUp?.id === wakeUp),
  };
};
