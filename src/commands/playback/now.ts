import { SlashCommandBuilder } from "discord.js";
import { type Text, text, titled } from "../../kernel/text.ts";
import type { SessionView } from "../../session/view.ts";
import { VOLUME_NAMES } from "../../session/volume.ts";
import type { PlainCommand } from "../command.ts";
import { requireSession } from "../guards.ts";
import { channelLink, member } from "../markdown.ts";
import { sleepTimerText } from "../sleep/sleepLine.ts";

const heardLine = ({ status, channel, now, coming }: SessionView): Text => {
  const [heard, room] = [now ?? coming, channelLink(channel)];
  if (heard === undefined) return text`I am in ${room}, and nothing is playing. Add a sound with /play.`;
  const [title, by] = [titled(heard.title), member(heard.by)];
  if (now === undefined) return text`${title} is on its way to ${room}, queued by ${by}.`;
  return status === "paused"
    ? text`${title} is paused in ${room}, queued by ${by}.`
    : text`${title} plays in ${room}, queued by ${by}.`;
};

export const now: PlainCommand = {
  definition: new SlashCommandBuilder().setName("now").setDescription("Show what plays, and for how long"),
  async run(call, context) {
    const view = requireSession(call, context);
    const [next] = view.queue;
    const lines = [
      heardLine(view),
      ...(next ? [text`${titled(next.title)} comes next.`] : []),
      text`Loudness: ${VOLUME_NAMES[view.volume]}.`,
      ...(view.sleepTimer ? [sleepTimerText(view.sleepTimer)] : []),
      ...(view.note ? [view.note] : []),
    ];
    return { text: lines.map(call.say.of).join("\n") };
  },
};
