import { LIVE_SIZE } from "../src/visuals/liveVisual.ts";
import { type Loop, openLoop } from "../src/visuals/loop.ts";
import { DRAWINGS } from "../src/visuals/scenes.ts";
import { DELAY, PICTURE_DELAY, STEPS } from "../src/visuals/visualRequest.ts";
import { describeMachine, machine } from "./lib/machine.ts";
import { quantile } from "./lib/statistics.ts";
import { table } from "./lib/table.ts";

/**
 * Measures what each visual costs as the remote, the activity and the demo draw it: milliseconds of processor time, of
 * one core, for the first picture, for each further frame of the first loop, and for each picture from the second loop on.
 */
const FRAMES = 40;
const ROUNDS = 20;

/** Milliseconds of processor time. */
const costOf = (run: () => unknown): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

const rows = [...DRAWINGS].map(([id, drawing]) => {
  const opened: Loop[] = [];
  const first = costOf(() => {
    opened.push(openLoop(drawing, LIVE_SIZE));
    opened[0]!.picture(0);
  });
  const loop = opened[0]!;
  const apart = Math.floor(loop.steps / STEPS / FRAMES) * STEPS;
  const steps = Array.from({ length: FRAMES }, (_, index) => index * apart);
  const frames = steps.slice(1).map((step) => costOf(() => loop.picture(step)));
  // Between a frame and the next, which is drawn the first time.
  const shown = steps.slice(0, 10).map((step) => step + 1);
  for (const step of shown) loop.picture(step);
  const again = costOf(() => {
    for (let round = 0; round < ROUNDS; round++) for (const step of shown) loop.picture(step);
  });
  const [frame, picture] = [quantile(frames, 0.5), again / (ROUNDS * shown.length)];
  return [
    id,
    first.toFixed(0),
    frame.toFixed(1),
    Math.max(...frames).toFixed(1),
    `${((100 * frame) / DELAY).toFixed(0)} %`,
    picture.toFixed(2),
    `${((100 * picture) / PICTURE_DELAY).toFixed(1)} %`,
  ];
});

console.log(describeMachine(machine()));
console.log(
  table(["Visual", "First, ms", "Frame, ms", "the longest", "of a core", "Picture again, ms", "of a core"], rows),
);
