import { ComponentType, SlashCommandBuilder } from "discord.js";
import { type Text, text, together } from "../../kernel/text.ts";
import type { PlainCommand } from "../command.ts";

const LINES: readonly Text[] = [
  text`### Lull`,
  text`Sounds to fall asleep to, together.`,
  text`\n**Start here**`,
  text`1. Join a voice channel.`,
  text`2. \`/play\`, and choose a sound. It repeats until another one is queued.`,
  text`3. \`/sleep in 30m\`. The sound fades for everyone, and the bot leaves.`,
  text`\n**Then**`,
  text`- \`/sounds browse\` shows what there is, by kind.`,
  text`- \`/queue\`, \`/skip\` and \`/back\` go from sound to sound; \`/pause\` and \`/resume\` hold it.`,
  text`- \`/evening start\` leads through a whole evening; \`/evening schedule\` lets one begin by itself.`,
  text`- \`/favourites add\` keeps what plays now.`,
  text`- \`/avoid\` keeps away what you would rather not hear, and names nobody; \`/sample\` lets you hear a sound first.`,
  text`- \`/discover\` has ideas. A tap on the moon says that it tingles.`,
  text`- \`/sleep extend\` gives the room more time, even while it fades.`,
  text`- Whoever sits in the channel may do nearly all of this. Skipping and \`/stop\` are for the one who queued the sound, a host, or more than half of you.`,
  text`\n**How loud?**`,
  text`Everything here is soft and of one loudness, and \`/loudness\` makes it softer. How loud it is at your ear cannot be known from here: it depends on your device. Start low. For bedrooms at night the World Health Organization's guidance is about 30 dB(A) of steady sound, with single sounds no louder than 45 dB(A). For infants, keep it below 50 dB.`,
  text`\n-# To hear less of everyone, use your own volume: right-click or long-press the bot in the voice channel.`,
];

export const help: PlainCommand = {
  definition: new SlashCommandBuilder().setName("help").setDescription("What to do first"),
  run: async ({ say }) => ({
    components: [{ type: ComponentType.TextDisplay, content: say.of(together(LINES)) }],
  }),
};
