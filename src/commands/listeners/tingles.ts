import { ComponentType, SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import { listed, type Message, message } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import { truncate } from "../../kernel/graphemes.ts";
import { type MemberText, rawText } from "../../kernel/memberText.ts";
import type { TingleCount } from "../../ports/listeners.ts";
import { nothingPlaying } from "../../session/refusals.ts";
import type { CommandContext, ComponentHandler, Invoker, PlainCommand } from "../command.ts";
import { listensToPanel } from "../guards.ts";
import { strong } from "../markdown.ts";

/** So many sounds are shown. */
const MAX_SOUNDS = 8;
const CHART = "tingles.png";
/** Discord's limit for alternative text. */
const MAX_ALT_LENGTH = 1_024;

/** The tingles of one sound in a guild. */
interface SoundTingles {
  readonly title: MemberText;
  readonly count: number;
  /** The minute with the most tingles, from 1. */
  readonly minute: number;
}

const sum = (counts: readonly TingleCount[]): number => counts.reduce((total, { count }) => total + count, 0);

/** By sound, most tingles first. */
const tinglesBySound = (
  counts: readonly TingleCount[],
  say: Say,
  { catalogue }: CommandContext,
): readonly SoundTingles[] => {
  const nameOf = (title: MemberText | undefined) =>
    title === undefined ? say("tingles.soundGone") : rawText(say.word(title));
  return [...Map.groupBy(counts, ({ sound }) => sound)]
    .map(([sound, own]) => ({
      title: nameOf(catalogue.find(sound)?.title),
      count: sum(own),
      minute: own.reduce((best, one) => (one.count > best.count ? one : best)).minute + 1,
    }))
    .toSorted((a, b) => b.count - a.count);
};

const line = ({ title, count, minute }: SoundTingles, index: number): Message =>
  message("tingles.rankLine", { rank: index + 1, title: strong(title), count, minute });

const total = (tingles: number, sounds: number): Message => message("tingles.total", { tingles, sounds });

/** Scripts for which the drawing machine may have no font. */
const UNSUPPORTED_SCRIPT = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

/** The same as a chart; without one, the text is enough. */
const chartOf = async (felt: readonly SoundTingles[], invoker: Invoker, { charts }: CommandContext) => {
  const { say } = invoker;
  const title = say("tingles.chartTitle");
  const bars = felt.slice(0, MAX_SOUNDS).map(({ title, count }) => ({ label: rawText(title), value: count }));
  try {
    const { png } = await charts.draw(
      {
        title: UNSUPPORTED_SCRIPT.test(title) ? "Tingles" : title,
        bars: bars.map(({ label, value }, index) => ({
          label: UNSUPPORTED_SCRIPT.test(label) ? `${index + 1}.` : label,
          value,
        })),
      },
      invoker,
    );
    return {
      png,
      alt: say("tingles.chartAlt", { title, list: listed(bars.map(({ label, value }) => `${label} ${value}`)) }),
    };
  } catch {
    return undefined;
  }
};

/** `/tingles`: which sounds and minutes have been marked in this guild. */
export const tingles: PlainCommand = {
  definition: new SlashCommandBuilder().setName("tingles").setDescription(descriptionOf("tingles")),
  async run(call, context) {
    const { guild, say } = call;
    const counts = await context.tingles.of(guild);
    if (counts.length === 0)
      return {
        text: say("tingles.noneYet"),
      };
    const felt = tinglesBySound(counts, say, context);
    const content = [
      say("tingles.heading"),
      say.of(total(sum(counts), felt.length)),
      ...felt.slice(0, MAX_SOUNDS).map((one, index) => say.of(line(one, index))),
    ].join("\n");
    const drawn = await chartOf(felt, call, context);
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

/** The moon on the panel: marks a tingle. */
export const tingleButton: ComponentHandler = {
  action: "tingle",
  // Each listener marks their own: several presses at once count separately.
  scope: "private",
  guards: [listensToPanel],
  async run({ guild, user, voiceChannel, say }, { listenerService, sessions }) {
    const outcome = listenerService.recordTingle(guild, user);
    if (outcome === "nothing") throw nothingPlaying();
    if (outcome === "repeated") return { text: say("tingles.alreadyCounted") };
    const { tingles: count } = await sessions.dispatch(guild, { type: "tingleMarked" }, voiceChannel);
    return { text: say("tingles.counted", { count }) };
  },
};
