import { ComponentType, SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import { type Message, message, plain, together } from "../../i18n/message.ts";
import type { GroupCommand } from "../command.ts";

/** The sentences in order; the references are the same in every language. */
const ASMR: readonly Message[] = [
  message("about.heading"),
  message("about.whatItIs"),
  message("about.knownHeading"),
  message("about.survey"),
  message("about.labStudy"),
  message("about.whatHelps"),
  message("about.unknownHeading"),
  message("about.whoFeelsIt"),
  message("about.lastingEffects"),
  message("about.fading"),
  message("about.skipHeading"),
  message("about.misophonia"),
  message("about.disclaimer"),
  plain("-# [1] Barratt & Davis 2015, PeerJ 3:e851, <https://doi.org/10.7717/peerj.851>"),
  plain(
    "-# [2] Poerio, Blakey, Hostler & Veltri 2018, PLoS ONE 13(6):e0196645, <https://doi.org/10.1371/journal.pone.0196645>",
  ),
  plain("-# [3] Barratt, Spence & Davis 2017, PeerJ 5:e3846, <https://doi.org/10.7717/peerj.3846>"),
  plain("-# [4] Janik McErlean & Banissy 2018, PeerJ 6:e5351, <https://doi.org/10.7717/peerj.5351>"),
];

/** `/about`: what ASMR is, and the studies about it. */
export const about: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("about")
    .setDescription(descriptionOf("about"))
    .addSubcommand((part) => part.setName("asmr").setDescription(descriptionOf("about asmr"))),
  subcommands: {
    asmr: {
      run: async ({ say }) => ({ components: [{ type: ComponentType.TextDisplay, content: say.of(together(ASMR)) }] }),
    },
  },
};
