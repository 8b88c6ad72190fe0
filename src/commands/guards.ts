import type { ChannelId } from "../kernel/ids.ts";
import type { SessionView } from "../session/view.ts";
import type { Asker, Guard, House } from "./command.ts";
import { blocked, earlierSession, nothingPlays, notInTheRoom, notInVoice } from "./refusals.ts";

/** The voice channel of somebody whom `inVoice` let through. @throws UserError */
export const voiceOf = (asker: Asker): ChannelId => {
  if (asker.voice === undefined) throw notInVoice();
  return asker.voice;
};

/** The guild's session. @throws UserError when there is none */
export const sessionOf = (asker: Asker, house: House): SessionView => {
  const view = house.sessions.view(asker.guild);
  if (view === undefined || view.status === "over") throw nothingPlays();
  return view;
};

/** The bot may be heard in the asker's channel. Where it sits already, there is room enough. */
export const canBeHeard: Guard = (asker, house) => {
  const voice = voiceOf(asker);
  if (house.sessions.view(asker.guild)?.channel === voice) return;
  const obstacle = house.doors.obstacle(asker.guild, voice);
  if (obstacle !== undefined) throw blocked(obstacle, voice);
};

/** Whoever sits in the bot's channel may control it, and nobody else. */
export const inTheRoom: Guard = (asker, house) => {
  const { channel } = sessionOf(asker, house);
  if (asker.voice !== channel) throw notInTheRoom(channel);
};

/** The panel on which the button is belongs to the session that plays now. */
export const ofThisSession: Guard = (asker, house) => {
  const view = house.sessions.view(asker.guild);
  if (view === undefined || view.status === "over" || view.id !== asker.parts?.[0]) throw earlierSession();
};
