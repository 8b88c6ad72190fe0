import { ButtonStyle, ComponentType, SlashCommandBuilder } from "discord.js";
import { builtIn } from "../../catalogue/programmes.ts";
import type { Sound } from "../../catalogue/sound.ts";
import { descriptionOf } from "../../i18n/english.ts";
import { listed, type Message, message, named, plain, titled, together } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import type { MemberText } from "../../kernel/memberText.ts";
import type { CommandContext, ComponentHandler, GroupCommand, Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { strong } from "../markdown.ts";

/** The same in every language, by the number that the sentences name. */
const SOURCES: Readonly<Record<number, string>> = {
  1: "Barratt & Davis 2015, PeerJ 3:e851, <https://doi.org/10.7717/peerj.851>",
  2: "Poerio, Blakey, Hostler & Veltri 2018, PLoS ONE 13(6):e0196645, <https://doi.org/10.1371/journal.pone.0196645>",
  3: "Barratt, Spence & Davis 2017, PeerJ 5:e3846, <https://doi.org/10.7717/peerj.3846>",
  4: "Janik McErlean & Banissy 2018, PeerJ 6:e5351, <https://doi.org/10.7717/peerj.5351>",
  5: "Smejka & Wiggs 2022, J. Affect. Disord. 301:60–67, <https://doi.org/10.1016/j.jad.2021.12.015>",
  6: "Janik McErlean, Ellis & Walsh 2022, Perception 51(8):565–577, <https://doi.org/10.1177/03010066221108273>",
  7: "Lochte, Guillory, Richard & Kelley 2018, BioImpacts 8(4):295–304, <https://doi.org/10.15171/bi.2018.32>",
  8: "Smith, Fredborg & Kornelsen 2017, Soc. Neurosci. 12(4):361–365, <https://doi.org/10.1080/17470919.2016.1188851>",
  9: "“How A.S.M.R. Became a Sensation”, The New York Times Magazine, April 2019",
};

interface AboutPage {
  readonly title: Message;
  readonly lines: readonly Message[];
  readonly sources: readonly (keyof typeof SOURCES)[];
}

/** The title of a built-in programme. */
const titleOf = (programme: string): Message => titled(builtIn(programme)?.title ?? programme);

const PAGES: readonly AboutPage[] = [
  {
    title: message("about.pageWhat"),
    lines: [message("about.whatItIs"), message("about.origins"), message("about.notSexual")],
    sources: [9],
  },
  {
    title: message("about.pageStudies"),
    lines: [
      message("about.fewStudies"),
      message("about.survey"),
      message("about.whatHelps"),
      message("about.labStudy"),
      message("about.mood"),
      message("about.pain"),
      message("about.unknownHeading"),
      message("about.whoFeelsIt"),
      message("about.lastingEffects"),
    ],
    sources: [1, 2, 3, 5, 6],
  },
  {
    title: message("about.pageBrain"),
    lines: [
      message("about.imaging"),
      message("about.supposedHeading"),
      message("about.chemistry"),
      message("about.noPurpose"),
    ],
    sources: [7, 8],
  },
  {
    title: message("about.pageUnpleasant"),
    lines: [message("about.noTingles"), message("about.misophonia"), message("about.sadness")],
    sources: [4],
  },
  {
    title: message("about.pageOften"),
    lines: [message("about.fading"), message("about.overuse"), message("about.doctor")],
    sources: [],
  },
  {
    title: message("about.pageDay"),
    lines: [
      message("about.focus", { programme: titleOf("focus") }),
      message("about.overload", { programme: titleOf("sensory-rest") }),
      message("about.tension", { programme: titleOf("tension") }),
    ],
    sources: [],
  },
];

const BUTTONS_IN_A_ROW = 3;

const asmrPage = (wanted: number, say: Say, inPlace: boolean): Reply => {
  const index = PAGES[wanted] === undefined ? 0 : wanted;
  const { title, lines, sources } = PAGES[index] as AboutPage;
  const content = together([
    message("about.heading", { page: title }),
    ...lines,
    message("about.disclaimer"),
    ...sources.map((number) => plain(`-# [${number}] ${SOURCES[number]}`)),
  ]);
  const buttons = PAGES.map((page, i) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    label: say.of(page.title),
    custom_id: customId("about-asmr", i),
    disabled: i === index,
  }));
  return {
    components: [
      { type: ComponentType.TextDisplay, content: say.of(content) },
      { type: ComponentType.ActionRow, components: buttons.slice(0, BUTTONS_IN_A_ROW) },
      { type: ComponentType.ActionRow, components: buttons.slice(BUTTONS_IN_A_ROW) },
    ],
    inPlace,
  };
};

/** Packs that one message names. */
const MAX_PACKS = 25;

/** A pack's sounds, and what they may be used for. */
const packLine = (pack: MemberText, sounds: readonly Sound[]): Message => {
  const authors = new Set(sounds.flatMap((sound) => sound.authors ?? []));
  const licences = new Set(sounds.map(({ licence }) => licence));
  return message("about.packLine", {
    pack: strong(pack),
    count: sounds.length,
    authors: listed([...authors].slice(0, 10).map(named)),
    licences: listed([...licences].map(named)),
  });
};

const soundsPage = (say: Say, { catalogue }: CommandContext): Reply => {
  const packs = Map.groupBy(
    catalogue.sounds.filter(({ pack }) => pack !== undefined),
    ({ pack }) => pack as MemberText,
  );
  const lines = [
    message("about.soundsHeading"),
    message("about.soundsBuiltIn"),
    ...[...packs].slice(0, MAX_PACKS).map(([pack, sounds]) => packLine(pack, sounds)),
    ...(packs.size > MAX_PACKS ? [message("about.morePacks", { count: packs.size - MAX_PACKS })] : []),
    message("about.soundsAdded"),
  ];
  return { text: lines.map((line) => say.of(line)).join("\n") };
};

/** `/about`: what ASMR is, and the studies about it; and where the sounds come from. */
export const about: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("about")
    .setDescription(descriptionOf("about"))
    .addSubcommand((part) => part.setName("asmr").setDescription(descriptionOf("about asmr")))
    .addSubcommand((part) => part.setName("sounds").setDescription(descriptionOf("about sounds"))),
  subcommands: {
    asmr: { run: async ({ say }) => asmrPage(0, say, false) },
    sounds: { run: async ({ say }, context) => soundsPage(say, context) },
  },
};

/** Turns the pages of `/about asmr`. */
export const aboutPageButtons: ComponentHandler = {
  action: "about-asmr",
  scope: "private",
  run: async ({ parts, say }) => asmrPage(Number(parts[0]), say, true),
};
