import { SlashCommandBuilder } from "discord.js";
import type { SessionView } from "../session/view.ts";
import type { PlainCommand } from "./command.ts";
import { sessionOf } from "./guards.ts";
import { channelLink, member, strong } from "./markdown.ts";
import { sleepLine } from "./sleepLine.ts";

const heardLine = ({ status, channel, now, coming }: SessionView): string => {
  const heard = now ?? coming;
  if (heard === undefined) return `I am in ${channelLink(channel)}, and nothing is playing. Add a sound with /play.`;
  const verb = now === undefined ? "is on its way to" : status === "paused" ? "is paused in" : "plays in";
  return `${strong(heard.title)} ${verb} ${channelLink(channel)}, queued by ${member(heard.by)}.`;
};

export const now: PlainCommand = {
  definition: new SlashCommandBuilder().setName("now").setDescription("Show what plays, and for how long"),
  async run(call, house) {
    const view = sessionOf(call, house);
    const [next] = view.queue;
    const lines = [
      heardLine(view),
      ...(next ? [`${strong(next.title)} comes next.`] : []),
      `Loudness: ${view.loudness}.`,
      ...(view.sleep ? [sleepLine(view.sleep)] : []),
      ...(view.note ? [view.note] : []),
    ];
    return { text: lines.join("\n") };
  },
};
