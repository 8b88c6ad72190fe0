import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId } from "../kernel/ids.ts";
import { escapeMarkdown } from "../kernel/markdown.ts";
import type { MemberText } from "../kernel/memberText.ts";
import type { AccessProblem } from "../ports/channelAccess.ts";

import { channelLink } from "./markdown.ts";

/** The invoker is not in a voice channel. */
export const notInVoice = () => new UserError("not-in-voice", message("voice.joinFirst"));

/** The invoker is not in the bot's voice channel. */
export const notInBotChannel = (channel: ChannelId) =>
  new UserError("not-in-bot-channel", message("voice.listenersOnly", { channel: channelLink(channel) }));

/** The button belongs to the panel of an earlier session. */
export const outdatedPanel = () => new UserError("earlier-session", message("panel.earlierSession"));

/** What the button refers to no longer exists. */
export const outdatedButton = () => new UserError("old-button", message("panel.buttonExpired"));

/** Discord sent a command that this version does not have. */
export const noSuchCommand = () => new UserError("no-such-command", message("help.commandChanged"));

/** The command was used outside a guild. */
export const guildsOnly = () => new UserError("guilds-only", message("help.serversOnly"));

/** The bot cannot be heard in the voice channel. */
export const accessRefused = (obstacle: AccessProblem, channel: ChannelId): UserError => {
  const name = channelLink(channel);
  switch (obstacle) {
    case "no-view":
      return new UserError("no-permission", message("voice.cannotSee", { channel: name }));
    case "no-connect":
      return new UserError("no-permission", message("voice.cannotConnect", { channel: name }));
    case "no-speak":
      return new UserError("no-permission", message("voice.cannotSpeak", { channel: name }));
    case "full":
      return new UserError("channel-full", message("voice.channelFull", { channel: name }));
    case "timed-out":
      return new UserError("timed-out", message("voice.timedOut"));
    case "afk-channel":
      return new UserError("afk-channel", message("voice.afkChannel", { channel: name }));
  }
};

/** No voice channel was chosen, and `/settings` names no usual one. */
export const noDefaultChannel = () => new UserError("no-channel", message("evening.channelMissing"));

/** The bot lacks the permission to disconnect members. */
export const cannotMoveMembers = () => new UserError("no-permission", message("sleep.cannotDisconnect"));

/** The message is not a panel of Lull's. */
export const notAPanel = () => new UserError("not-a-panel", message("favourites.panelOnly"));

/** No sound has this name. */
export const unknownSound = (typed: MemberText) =>
  new UserError("unknown-sound", message("sounds.nameNotFound", { name: escapeMarkdown(typed) }));

/** No favourite has this name. */
export const unknownFavourite = (typed: MemberText) =>
  new UserError("unknown-favourite", message("favourites.notFound", { name: escapeMarkdown(typed) }));

/** The invoker has no such favourite of their own. */
export const ownFavouriteGone = () => new UserError("unknown-favourite", message("favourites.ownGone"));

/** The favourite's sounds no longer exist. */
export const favouriteGone = (name: MemberText) =>
  new UserError("favourite-gone", message("favourites.soundGone", { name: escapeMarkdown(name) }));
