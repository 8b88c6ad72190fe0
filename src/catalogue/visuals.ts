import type { BreathName } from "../kernel/breath.ts";
import { breathOf } from "./breathing.ts";
import type { Sound, Trigger } from "./sound.ts";

/** A slow, silent picture that goes round. */
export interface Visual {
  /** Names it: `sand-raked`. */
  readonly id: string;
  readonly title: string;
  /** Alternative text. */
  readonly alt: string;
  /** The triggers that it goes with. */
  readonly beside: readonly Trigger[];
  /** The way to breathe that it shows. */
  readonly breath?: BreathName;
}

/** Follows a way to breathe, as `breathing-light` does, for those who would rather look at hands. */
const HANDS: Visual = {
  id: "breathing-hands",
  title: "Breathing Hands",
  alt: "Two hands in warm, dim light, palms to the viewer, rise and open as you breathe in, and sink and close as you breathe out.",
  beside: [],
};

/** The silent visuals that come with Lull, in the order in which they are offered. */
export const VISUALS: readonly Visual[] = [
  {
    id: "breathing-light",
    title: "Breathing Light",
    alt: "Seven overlapping petals of warm light on black open for four seconds, close for six, and turn slowly.",
    beside: ["noise", "tone", "body"],
    breath: "4-6",
  },
  {
    id: "sand-raked",
    title: "Raked Sand",
    alt: "A wooden rake passes slowly from left to right through dim sand and leaves even, curved furrows; a dark stone lies in rings of sand.",
    beside: ["scratching", "tapping"],
  },
  {
    id: "ink-in-water",
    title: "Ink in Water",
    alt: "A drop of pale blue ink sinks into dark water, spreads into curling threads and dissolves; a violet one follows.",
    beside: ["water", "whisper"],
  },
  {
    id: "candle",
    title: "Candle",
    alt: "A single candle on a dark table; its flame leans and stretches a little, and the wax below it glows.",
    beside: ["fire", "animal"],
  },
  {
    id: "slow-hands",
    title: "Slow Hands",
    alt: "Two open hands in warm, dim light, palms to the viewer, rise and sink slowly while their fingers bend one after the other.",
    beside: ["personal attention"],
  },
  {
    id: "combing",
    title: "Combing",
    alt: "A wooden comb glides from top to bottom through long, dark brown hair, which lies smooth and shining behind it.",
    beside: ["brushing"],
  },
  {
    id: "folding-cloth",
    title: "Folding Cloth",
    alt: "A pale towel with blue stripes on a dark table is folded in half from the side, then from above, and is slowly opened again.",
    beside: ["methodical", "crinkling"],
  },
  {
    id: "rain-on-window",
    title: "Rain on a Window",
    alt: "Drops of rain on a dark window; some slide down slowly and leave trails. Behind the glass are the soft discs of street lights.",
    beside: ["rain", "wind"],
  },
  {
    id: "breathing-box",
    title: "Even Breath",
    alt: "Seven overlapping petals of warm light on black open for four seconds, stay, close for four, and stay as long again.",
    beside: [],
    breath: "box",
  },
  {
    id: "breathing-4-7-8",
    title: "Long Breath",
    alt: "Seven overlapping petals of warm light on black open for four seconds, stay for seven, and close for eight.",
    beside: [],
    breath: "4-7-8",
  },
  {
    id: "breathing-sigh",
    title: "Double Breath",
    alt: "Seven overlapping petals of warm light on black open for three seconds, a little more for one, and close for six.",
    beside: [],
    breath: "sigh",
  },
  {
    id: "northern-lights",
    title: "Northern Lights",
    alt: "Curtains of dim green light with a hint of violet sway slowly over dark hills; rays in them come and go.",
    beside: [],
  },
  {
    id: "lighthouse",
    title: "Lighthouse",
    alt: "A small lighthouse on a dark coast; its soft beam turns slowly through haze, and its light trembles on the sea.",
    beside: [],
  },
  {
    id: "rain-on-lake",
    title: "Rain on a Lake",
    alt: "A dark lake at dusk before a line of trees; single drops fall, and their rings widen on the water and are gone.",
    beside: [],
  },
  HANDS,
];

/** The visual that shows a way to breathe. */
export const breathVisual = (name: BreathName): Visual => VISUALS.find(({ breath }) => breath === name) ?? VISUALS[0]!;

/**
 * The visual that goes with a sound: one that breathes as it does, or one beside its kind; the first
 * one where none does.
 */
export const visualBeside = (sound: Pick<Sound, "id" | "trigger"> | undefined): Visual => {
  const breath = sound && breathOf(sound.id);
  if (breath !== undefined) return breathVisual(breath);
  return VISUALS.find(({ beside }) => sound !== undefined && beside.includes(sound.trigger)) ?? VISUALS[0]!;
};

/**
 * Hands that follow the same breath as a visual.
 * @returns undefined where it does not show one; `id` is of `LIVE_DRAWINGS`
 */
export const handsBeside = ({ breath }: Visual): Visual | undefined =>
  breath && (breath === "4-6" ? HANDS : { ...HANDS, id: `${HANDS.id} ${breath}` });
