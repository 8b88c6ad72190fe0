import { UserError } from "../kernel/errors.ts";
import type { ChannelId } from "../kernel/ids.ts";
import { escapeMarkdown } from "../kernel/markdown.ts";
import { text } from "../kernel/text.ts";
import type { AccessProblem } from "../ports/channelAccess.ts";

import { channelLink } from "./markdown.ts";

export const notInVoice = () => new UserError("not-in-voice", text`Join a voice channel first, then try again.`);

export const notInBotChannel = (room: ChannelId) =>
  new UserError(
    "not-in-bot-channel",
    text`This is for those who listen in ${channelLink(room)}. Join them there, then try again.`,
  );

export const outdatedPanel = () =>
  new UserError("earlier-session", text`This panel is from an earlier session. Start a new one with /play.`);

export const outdatedButton = () =>
  new UserError("old-button", text`This button no longer works. Run the command again to get a fresh one.`);

export const noSuchCommand = () =>
  new UserError("no-such-command", text`This command has changed. Type / again to see the commands as they are now.`);

export const guildsOnly = () =>
  new UserError("guilds-only", text`Lull plays in the voice channels of a community. Use this command there.`);

export const accessRefused = (obstacle: AccessProblem, channel: ChannelId): UserError => {
  const name = channelLink(channel);
  switch (obstacle) {
    case "no-view":
      return new UserError(
        "no-permission",
        text`I cannot see ${name}. Ask someone who manages it to give me View Channel, or choose another channel.`,
      );
    case "no-connect":
      return new UserError(
        "no-permission",
        text`I may not connect to ${name}. Ask someone who manages it to give me Connect, or choose another channel.`,
      );
    case "no-speak":
      return new UserError(
        "no-permission",
        text`I may not speak in ${name}. Ask someone who manages it to give me Speak, or choose another channel.`,
      );
    case "full":
      return new UserError(
        "channel-full",
        text`${name} is full. Raise its user limit by one or choose another channel, then try again.`,
      );
  }
};

export const noDefaultChannel = () =>
  new UserError("no-channel", text`Choose a channel with the option, or a usual one for this server with /settings.`);

export const cannotMoveMembers = () =>
  new UserError(
    "no-permission",
    text`I may not disconnect anyone here, so your own timer would do nothing. Ask someone who manages the server to give me Move Members.`,
  );

export const notAPanel = () =>
  new UserError("not-a-panel", text`This keeps what plays on Lull’s panel. Use it there, or try /favourites add.`);

export const unknownSound = (typed: string) =>
  new UserError(
    "unknown-sound",
    text`I know no sound called “${escapeMarkdown(typed)}”. /sounds browse shows all there are.`,
  );

export const unknownFavourite = (typed: string) =>
  new UserError(
    "unknown-favourite",
    text`There is no favourite called “${escapeMarkdown(typed)}”. /favourites list shows them.`,
  );

export const favouriteGone = (name: string) =>
  new UserError(
    "favourite-gone",
    text`The sound of “${escapeMarkdown(name)}” is no longer in the library. Choose another with /sounds browse, or take it off with /favourites remove.`,
  );
