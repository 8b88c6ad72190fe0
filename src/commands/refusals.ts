import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId } from "../kernel/ids.ts";
import { escapeMarkdown } from "../kernel/markdown.ts";
import type { AccessProblem } from "../ports/channelAccess.ts";

import { channelLink } from "./markdown.ts";

export const notInVoice = () => new UserError("not-in-voice", message("voice.joinFirst"));

export const notInBotChannel = (room: ChannelId) =>
  new UserError("not-in-bot-channel", message("voice.listenersOnly", { channel: channelLink(room) }));

export const outdatedPanel = () => new UserError("earlier-session", message("panel.earlierSession"));

export const outdatedButton = () => new UserError("old-button", message("panel.buttonExpired"));

export const noSuchCommand = () => new UserError("no-such-command", message("help.commandChanged"));

export const guildsOnly = () => new UserError("guilds-only", message("help.serversOnly"));

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
  }
};

export const noDefaultChannel = () => new UserError("no-channel", message("evening.channelMissing"));

export const cannotMoveMembers = () => new UserError("no-permission", message("sleep.cannotDisconnect"));

export const notAPanel = () => new UserError("not-a-panel", message("favourites.panelOnly"));

export const unknownSound = (typed: string) =>
  new UserError("unknown-sound", message("sounds.nameNotFound", { name: escapeMarkdown(typed) }));

export const unknownFavourite = (typed: string) =>
  new UserError("unknown-favourite", message("favourites.notFound", { name: escapeMarkdown(typed) }));

export const favouriteGone = (name: string) =>
  new UserError("favourite-gone", message("favourites.soundGone", { name: escapeMarkdown(name) }));
