import type { Millis } from "../../kernel/units.ts";
import type { TakeMeasures } from "./measureTake.ts";

/** One thing about a take. */
interface Advice {
  /** `mend` before it is passed on; `hear` whether it is meant so. */
  readonly kind: "mend" | "hear";
  readonly text: string;
}

/** Times that are listed. */
const NAMED = 6;

const clockTime = (time: Millis): string => {
  const seconds = Math.floor(time / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};
const decibels = (level: number): string => `${level.toFixed(1).replace("-", "−")} dB`;

const listed = (times: readonly Millis[]): string =>
  times.length > NAMED
    ? `${times.slice(0, NAMED).map(clockTime).join(", ")} and ${times.length - NAMED} more places`
    : times.map(clockTime).join(", ");

/** What to mend in a take, in the order in which it matters; none where it is fit. */
export const adviceFor = (take: TakeMeasures): readonly Advice[] => {
  const mend = (holds: boolean, text: string): readonly Advice[] => (holds ? [{ kind: "mend", text }] : []);
  const hear = (holds: boolean, text: string): readonly Advice[] => (holds ? [{ kind: "hear", text }] : []);
  const { loudness, rate, length, clipped, peak, floor, rumble, hum, balance, correlation, sudden, silence } = take;
  return [
    ...mend(clipped > 0, `It clips in ${clipped} places: record again, 6 dB lower. What is cut off can't be restored.`),
    ...mend(
      clipped === 0 && peak > -1,
      `Its peak is ${decibels(peak)} below full scale's 0: leave 6 dB, or the next loud moment clips.`,
    ),
    ...mend(
      loudness < -48,
      `It is very quiet (${loudness.toFixed(1).replace("-", "−")} LUFS). Lull raises by 18 dB at most, to −30: raise the gain of the microphone, or go nearer.`,
    ),
    ...mend(rate < 44_100, `It has ${rate} samples per second: record with 48,000, or 44,100.`),
    ...mend(length < 30_000, `It lasts ${clockTime(length)}: as a loop, it is noticed. Record three minutes or more.`),
    ...hear(
      length >= 30_000 && length < 120_000,
      `It lasts ${clockTime(length)}: three minutes or more are noticed less as a loop.`,
    ),
    ...mend(
      hum > 15,
      `The mains hum stands out by ${decibels(hum)}: use another socket or a battery, and keep cables apart; or filter 50 or 60 Hz and its multiples.`,
    ),
    ...mend(
      rumble > 0.3,
      `${Math.round(rumble * 100)} % of its power lies below 40 Hz: traffic, wind or handling. Turn on the microphone's low cut, or filter below 60 Hz.`,
    ),
    ...mend(
      correlation < -0.3,
      `Left and right are out of phase (correlation ${correlation.toFixed(2).replace("-", "−")}): swap the polarity of one of them.`,
    ),
    ...mend(
      Math.abs(balance) > 6,
      `${balance > 0 ? "Left" : "Right"} is louder by ${decibels(Math.abs(balance))}: balance the two.`,
    ),
    ...hear(
      sudden.length > 0,
      `Sudden sounds at ${listed(sudden)}: Lull softens them. Cut out what is no part of it, such as a door.`,
    ),
    ...hear(
      floor > -25 && floor < -8,
      `Between its sounds, the room is ${decibels(-floor)} below them: where that is not meant so, a quieter room or a nearer microphone helps.`,
    ),
    ...hear(silence > 3_000, `${clockTime(silence)} of silence at its ends is cut off.`),
    ...hear(
      correlation === 1,
      "Both ears hear the same: two microphones, a hand's breadth apart, let it be around the listener.",
    ),
  ];
};

/** A take's measures in one line. */
export const measuresLine = ({ format, length, rate, loudness, peak, floor }: TakeMeasures): string =>
  `${format}, ${clockTime(length)}, ${rate} Hz, ${loudness.toFixed(1).replace("-", "−")} LUFS, peak ${decibels(peak)}, quietest tenth ${decibels(floor)}`;
