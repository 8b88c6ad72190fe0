import { ComponentType, SlashCommandBuilder } from "discord.js";
import type { TingleCount } from "../host/carePorts.ts";
import { cut } from "../kernel/graphemes.ts";
import type { GuildId } from "../kernel/ids.ts";
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
const feltIn = (counts: readonly TingleCount[], { catalogue }: House): readonly Felt[] =>
  [...Map.groupBy(counts, ({ sound }) => sound)]
    .map(([sound, own]) => ({
      title: catalogue.find(sound)?.title ?? "No longer in the library",
      count: sum(own),
      minute: own.reduce((best, one) => (one.count > best.count ? one : best)).minute + 1,
    }))
    .toSorted((a, b) => b.count - a.count);

const line = ({ title, count, minute }: Felt, index: number): string =>
  `${index + 1}. ${strong(title)} · ${count}, most often in minute ${minute}`;

/** The same as a picture; the words are enough where it cannot be drawn. */
const chartOf = async (felt: readonly Felt[], { charts }: House) => {
  const bars = felt.slice(0, MOST).map(({ title, count }) => ({ label: title, value: count }));
  try {
    return await charts.draw({ title: "Tingles by sound", bars });
  } catch {
    return undefined;
  }
};

export const tingles: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("tingles")
    .setDescription("What works in this room: marked tingles by sound and minute, without names"),
  async run({ guild }: { readonly guild: GuildId }, house) {
    const counts = await house.tingles.of(guild);
    if (counts.length === 0)
      return {
        text: "No tingles are marked yet. Tap 🌙 on the panel while something plays, or send a moon in the voice channel.",
      };
    const felt = feltIn(counts, house);
    const content = [
      "### What works here",
      `${sum(counts)} tingles in ${felt.length} ${felt.length === 1 ? "sound" : "sounds"}, counted without names.`,
      ...felt.slice(0, MOST).map(line),
    ].join("\n");
    const drawn = await chartOf(felt, house);
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
