import { ComponentType, SlashCommandBuilder } from "discord.js";
import type { TingleCount } from "../host/carePorts.ts";
import { cut } from "../kernel/graphemes.ts";
import { listed, type Say, type Text, text } from "../kernel/text.ts";
import type { Control, House, PlainCommand } from "./command.ts";
import { inTheRoom, ofThisSession } from "./guards.ts";
import { strong } from "./markdown.ts";
import { nothingPlays } from "./refusals.ts";

/** So many sounds are shown. */
const MOST = 8;
const CHART = "tingles.png";
/** Discord's limit for what describes a picture. */
const LONGEST_ALT = 1_024;

/** What a room has felt in one sound. */
interface Felt {
  readonly title: string;
  readonly count: number;
  /** From 1: the minute of hearing it in which it was felt most. */
  readonly minute: number;
}

const sum = (counts: readonly TingleCount[]): number => counts.reduce((total, { count }) => total + count, 0);

/** By sound, the most felt first. */
const feltIn = (counts: readonly TingleCount[], say: Say, { catalogue }: House): readonly Felt[] => {
  const nameOf = (title: string | undefined) => (title === undefined ? say`No longer in the library` : say.word(title));
  return [...Map.groupBy(counts, ({ sound }) => sound)]
    .map(([sound, own]) => ({
      title: nameOf(catalogue.find(sound)?.title),
      count: sum(own),
      minute: own.reduce((best, one) => (one.count > best.count ? one : best)).minute + 1,
    }))
    .toSorted((a, b) => b.count - a.count);
};

const line = ({ title, count, minute }: Felt, index: number): Text =>
  text`${index + 1}. ${strong(title)} · ${count}, most often in minute ${minute}`;

const total = (tingles: number, sounds: number): Text => {
  if (tingles === 1) return text`1 tingle, counted without names.`;
  return sounds === 1
    ? text`${tingles} tingles in 1 sound, counted without names.`
    : text`${tingles} tingles in ${sounds} sounds, counted without names.`;
};

/** Letters for which the machine that draws may have no font. */
const UNDRAWN = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

/** The same as a picture; the words are enough where it cannot be drawn. */
const chartOf = async (felt: readonly Felt[], say: Say, { charts }: House) => {
  const title = say`Tingles by sound`;
  const bars = felt.slice(0, MOST).map(({ title: label, count }) => ({ label, value: count }));
  try {
    const { png } = await charts.draw({
      title: UNDRAWN.test(title) ? "Tingles" : title,
      bars: bars.map(({ label, value }, index) => ({ label: UNDRAWN.test(label) ? `${index + 1}.` : label, value })),
    });
    return { png, alt: say`Bar chart. ${title}: ${listed(bars.map(({ label, value }) => `${label} ${value}`))}.` };
  } catch {
    return undefined;
  }
};

export const tingles: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("tingles")
    .setDescription("What works in this room: marked tingles by sound and minute, without names"),
  async run({ guild, say }, house) {
    const counts = await house.tingles.of(guild);
    if (counts.length === 0)
      return {
        text: say`No tingles are marked yet. Tap 🌙 on the panel while something plays, or send a moon in the voice channel.`,
      };
    const felt = feltIn(counts, say, house);
    const content = [
      say`### What works here`,
      say.of(total(sum(counts), felt.length)),
      ...felt.slice(0, MOST).map((one, index) => say.of(line(one, index))),
    ].join("\n");
    const drawn = await chartOf(felt, say, house);
    if (drawn === undefined) return { components: [{ type: ComponentType.TextDisplay, content }] };
    const { png, alt } = drawn;
    const items = [{ media: { url: `attachment://${CHART}` }, description: cut(alt, LONGEST_ALT, LONGEST_ALT) }];
    return {
      components: [
        { type: ComponentType.TextDisplay, content },
        { type: ComponentType.MediaGallery, items },
      ],
      files: [{ name: CHART, data: png }],
    };
  },
};

/** The moon on the panel. */
export const tingle: Control = {
  action: "tingle",
  // Each listener's own: several at once are several.
  of: "member",
  guards: [ofThisSession, inTheRoom],
  async run({ guild, user }, { care }) {
    if (!care.tingled(guild, user)) throw nothingPlays();
    return "seen";
  },
};
