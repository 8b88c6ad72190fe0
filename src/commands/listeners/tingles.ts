import { ComponentType, SlashCommandBuilder } from "discord.js";
import { truncate } from "../../kernel/graphemes.ts";
import { listed, type Say, type Text, text } from "../../kernel/text.ts";
import type { TingleCount } from "../../ports/listeners.ts";
import { nothingPlaying } from "../../session/refusals.ts";
import type { CommandContext, ComponentHandler, PlainCommand } from "../command.ts";
import { inBotChannel, isCurrentPanel } from "../guards.ts";
import { strong } from "../markdown.ts";

/** So many sounds are shown. */
const MAX_SOUNDS = 8;
const CHART = "tingles.png";
/** Discord's limit for what describes a picture. */
const MAX_ALT_LENGTH = 1_024;

/** What a room has felt in one sound. */
interface SoundTingles {
  readonly title: string;
  readonly count: number;
  /** From 1: the minute of hearing it in which it was felt most. */
  readonly minute: number;
}

const sum = (counts: readonly TingleCount[]): number => counts.reduce((total, { count }) => total + count, 0);

/** By sound, the most felt first. */
const tinglesBySound = (
  counts: readonly TingleCount[],
  say: Say,
  { catalogue }: CommandContext,
): readonly SoundTingles[] => {
  const nameOf = (title: string | undefined) => (title === undefined ? say`No longer in the library` : say.word(title));
  return [...Map.groupBy(counts, ({ sound }) => sound)]
    .map(([sound, own]) => ({
      title: nameOf(catalogue.find(sound)?.title),
      count: sum(own),
      minute: own.reduce((best, one) => (one.count > best.count ? one : best)).minute + 1,
    }))
    .toSorted((a, b) => b.count - a.count);
};

const line = ({ title, count, minute }: SoundTingles, index: number): Text =>
  text`${index + 1}. ${strong(title)} · ${count}, most often in minute ${minute}`;

const total = (tingles: number, sounds: number): Text => {
  if (tingles === 1) return text`1 tingle, counted without names.`;
  return sounds === 1
    ? text`${tingles} tingles in 1 sound, counted without names.`
    : text`${tingles} tingles in ${sounds} sounds, counted without names.`;
};

/** Letters for which the machine that draws may have no font. */
const UNSUPPORTED_SCRIPT = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

/** The same as a picture; the words are enough where it cannot be drawn. */
const chartOf = async (felt: readonly SoundTingles[], say: Say, { charts }: CommandContext) => {
  const title = say`Tingles by sound`;
  const bars = felt.slice(0, MAX_SOUNDS).map(({ title: label, count }) => ({ label, value: count }));
  try {
    const { png } = await charts.draw({
      title: UNSUPPORTED_SCRIPT.test(title) ? "Tingles" : title,
      bars: bars.map(({ label, value }, index) => ({
        label: UNSUPPORTED_SCRIPT.test(label) ? `${index + 1}.` : label,
        value,
      })),
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
  async run({ guild, say }, context) {
    const counts = await context.tingles.of(guild);
    if (counts.length === 0)
      return {
        text: say`No tingles are marked yet. Tap 🌙 on the panel while something plays, or send a moon in the voice channel.`,
      };
    const felt = tinglesBySound(counts, say, context);
    const content = [
      say`### What works here`,
      say.of(total(sum(counts), felt.length)),
      ...felt.slice(0, MAX_SOUNDS).map((one, index) => say.of(line(one, index))),
    ].join("\n");
    const drawn = await chartOf(felt, say, context);
    if (drawn === undefined) return { components: [{ type: ComponentType.TextDisplay, content }] };
    const { png, alt } = drawn;
    const items = [
      { media: { url: `attachment://${CHART}` }, description: truncate(alt, MAX_ALT_LENGTH, MAX_ALT_LENGTH) },
    ];
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
export const tingleButton: ComponentHandler = {
  action: "tingle",
  // Each listener's own: several at once are several.
  scope: "private",
  guards: [isCurrentPanel, inBotChannel],
  async run({ guild, user }, { listenerService }) {
    if (!listenerService.recordTingle(guild, user)) throw nothingPlaying();
    return "no-reply";
  },
};
