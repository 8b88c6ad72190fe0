import { ComponentType, SlashCommandBuilder } from "discord.js";
import { plain, type Text, text, together } from "../../kernel/text.ts";
import type { GroupCommand } from "../command.ts";

/** Sentences that are said one after the other; the studies are what they are in every language. */
const ASMR: readonly Text[] = [
  text`### ASMR`,
  text`A tingling that some people feel at certain sounds and sights. It begins at the scalp, runs down the neck, and comes with calm. Many people never feel it; nothing is missing then, and a quiet sound may be pleasant all the same.`,
  text`\n**What is known**`,
  text`- 475 people who feel it were asked online. What brings it on most often: whispering (75 %), personal attention (69 %), crisp sounds (64 %), slow movements (53 %). 98 % look for it to relax, 82 % to fall asleep. [1]`,
  text`- Videos made for it were pleasant to those who feel it, and not to others. In the laboratory their hearts beat more slowly, while their skin showed more arousal: calm and stirred at once. [2]`,
  text`- 130 people told what helps: lower, complex sounds, a slow pace, care for detail. Music behind it gets in the way for many. [3]`,
  text`\n**What is not known**`,
  text`- Why some feel it and others do not, and how many they are.`,
  text`- Whether it does anything beyond the moment. Most studies are small, or ask people who were looking for it.`,
  text`- Why it fades. Many say that a trigger heard every day gives less; that has hardly been studied.`,
  text`\n**When to skip it**`,
  text`Sounds that please one person are hard to bear for another, up to anger or panic: misophonia. People who feel ASMR report more of that than others do. [4] A sound that makes you tense is not for you, however much others like it. \`/avoid\` keeps such sounds away without telling anybody, \`/visual\` needs no sound at all.`,
  text`\n-# This is no advice, and Lull is no treatment.`,
  plain("-# [1] Barratt & Davis 2015, PeerJ 3:e851, <https://doi.org/10.7717/peerj.851>"),
  plain(
    "-# [2] Poerio, Blakey, Hostler & Veltri 2018, PLoS ONE 13(6):e0196645, <https://doi.org/10.1371/journal.pone.0196645>",
  ),
  plain("-# [3] Barratt, Spence & Davis 2017, PeerJ 5:e3846, <https://doi.org/10.7717/peerj.3846>"),
  plain("-# [4] Janik McErlean & Banissy 2018, PeerJ 6:e5351, <https://doi.org/10.7717/peerj.5351>"),
];

export const about: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("about")
    .setDescription("What lies behind it")
    .addSubcommand((part) =>
      part.setName("asmr").setDescription("What ASMR is, what is known of it, and when to skip it; with sources"),
    ),
  subcommands: {
    asmr: {
      run: async ({ say }) => ({ components: [{ type: ComponentType.TextDisplay, content: say.of(together(ASMR)) }] }),
    },
  },
};
