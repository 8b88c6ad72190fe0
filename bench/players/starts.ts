import { setTimeout as pause } from "node:timers/promises";
import { inBatches } from "../lib/batches.ts";
import { runBenchPlayer, type StartRequest } from "../lib/benchPlayer.ts";
import { LENGTH } from "../lib/material.ts";
import { openBenchEngine } from "./engine.ts";

/**
 * Starts streams of Lull's engine while others play: `starts.ts FIRST_SSRC PLAYING TRIES ENDPOINT
 * FILE`.
 */
const [first, playing, tries, endpoint, file] = process.argv.slice(2) as [string, string, string, string, string];

const engine = openBenchEngine(endpoint, [file]);
const guests = Array.from({ length: Number(playing) + Number(tries) }, (_, index) =>
  engine.guest(Number(first) + index),
);
const others = guests.slice(0, Number(playing));
const tried = guests.slice(Number(playing));

/** The pause between starts: never at the same point between two ticks. */
const apart = () => pause(210 + 17 * Math.random());
const started = (ssrc: number): StartRequest => ({ ssrc, at: performance.timeOrigin + performance.now() });

const cold = async (): Promise<StartRequest[]> => {
  const starts: StartRequest[] = [];
  for (const guest of tried) {
    starts.push(started(guest.ssrc));
    const joined = guest.join();
    guest.play(0);
    await Promise.all([joined, apart()]);
  }
  return starts;
};

const warm = async (): Promise<StartRequest[]> => {
  for (const guest of tried) guest.send({ type: "stop", over: 60 });
  await pause(1_000);
  const starts: StartRequest[] = [];
  for (const guest of tried) {
    starts.push(started(guest.ssrc));
    guest.play(0);
    await apart();
  }
  return starts;
};

runBenchPlayer(
  {
    join: () => inBatches(others, (guest) => guest.join()),
    play() {
      for (const [index, guest] of others.entries()) guest.play((index * 37) % LENGTH);
    },
  },
  { cold, warm },
);
