import { setTimeout as pause } from "node:timers/promises";
import type { WalkthroughScene, WalkthroughStep } from "discord-emulator";
import { seconds } from "../kernel/units.ts";

const step = (after: number, act: (scene: WalkthroughScene) => Promise<unknown>): WalkthroughStep => ({
  after: seconds(after),
  act,
});

/** With the user and Ana, three of five are more than half. */
const GUESTS = ["bo", "cleo", "dee"] as const;

/** The steps by the names of their captions, in their order. The times are seconds since the step before. */
export const TWO_MINUTE_NIGHT = {
  comesIn: step(0, ({ companion, channel }) => companion("ana").join(channel)),
  plays: step(3, ({ companion }) => companion("ana").slash("play", { sound: "rain-window" })),
  joins: step(10, async ({ companion, channel }) => {
    for (const name of GUESTS) await companion(name).join(channel);
  }),
  queues: step(4, ({ companion }) => companion("ana").slash("play", { sound: "ocean" })),
  votes: step(5, async ({ companion }) => {
    for (const name of GUESTS) await companion(name).slash("skip");
  }),
  avoids: step(12, async ({ companion }) => {
    const cleo = companion("cleo");
    await cleo.slash("avoid");
    await cleo.submit("lull:avoid", { triggers: ["fire"], risks: [], mode: "skip" });
  }),
  speaks: step(8, async ({ companion }) => companion("bo").listener()?.speak(seconds(4))),
  setsTimer: step(6, ({ companion }) => companion("ana").slash("sleep in", { duration: "1m" })),
  isAwake: step(18, async ({ companion }) => {
    companion("bo").setSelfMute(true);
    companion("cleo").sendVoiceEffect("🌙");
  }),
  hurries: step(8, ({ companion }) => companion("ana").slash("sleep in", { duration: "30s" })),
  fallsSilent: step(32, async () => undefined),
  leaves: step(8, async ({ companion }) => {
    for (const name of ["ana", ...GUESTS]) await companion(name).leave();
    // What is said of it is to be read.
    await pause(seconds(5));
  }),
} satisfies Readonly<Record<string, WalkthroughStep>>;

/** What is said while a step runs. */
export type TwoMinuteNightStep = keyof typeof TWO_MINUTE_NIGHT;
