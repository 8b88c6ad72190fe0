import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import { type Message, message, titled } from "../../i18n/message.ts";
import { isHeard, type SessionView } from "../../session/view.ts";
import { VOLUME_NAMES } from "../../session/volume.ts";
import type { PlainCommand } from "../command.ts";
import { requireSession } from "../guards.ts";
import { channelLink, member } from "../markdown.ts";
import { sleepTimerText } from "../sleep/sleepLine.ts";
import { connectsAtText } from "./connectsAt.ts";

const heardLine = (view: SessionView): Message => {
  const { status, channel, now, coming } = view;
  const [heard, link] = [now ?? coming, channelLink(channel)];
  if (heard === undefined) return message("play.connectedNothingPlaying", { channel: link });
  const [title, by] = [titled(heard.title), member(heard.by)];
  if (status === "paused") return message("play.pausedQueuedBy", { title, channel: link, user: by });
  return isHeard(view)
    ? message("play.playingQueuedBy", { title, channel: link, user: by })
    : message("play.gettingReadyQueuedBy", { title, channel: link, user: by });
};

/** `/now`: shows what is playing. */
export const now: PlainCommand = {
  definition: new SlashCommandBuilder().setName("now").setDescription(descriptionOf("now")),
  async run(call, context) {
    const view = requireSession(call, context);
    const [next] = view.queue;
    const connects = connectsAtText(view);
    const lines = [
      heardLine(view),
      ...(connects ? [connects] : []),
      ...(next ? [message("play.isNext", { title: titled(next.title) })] : []),
      message("play.volume", { volume: VOLUME_NAMES[view.volume] }),
      ...(view.sleepTimer ? [sleepTimerText(view.sleepTimer)] : []),
      ...(view.note ? [view.note] : []),
    ];
    return { text: lines.map(call.say.of).join("\n") };
  },
};
