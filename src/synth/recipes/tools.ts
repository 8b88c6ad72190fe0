import { type AudioNode, FRAME_SAMPLES, type Pcm } from "../../audio/format.ts";
import { createHeadModel } from "../../audio/headModel.ts";
import { prng } from "../../kernel/random.ts";
import { millisIn } from "../../kernel/units.ts";
import { addTo } from "../blocks.ts";
import { mixRatio, smoothStep, wander } from "../curves.ts";
import { bandPass, highPass, lowPass } from "../filters.ts";
import { addAt, hump, sweep } from "../gesture.ts";
import { type Mode, scuff, strike } from "../modes.ts";
import { sum } from "../nodes.ts";
import { impulses, pareto, pink } from "../noise.ts";
import { between, betweenRatio, seedOf } from "../random.ts";
import type { Recipe, RecipeRequest } from "../recipe.ts";
import { roomTone } from "../roomTone.ts";
import { placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";

/** Blades that close through hair: grains along the edge, then the pivot and the tips ring. */
const snip = (random: () => number): Float32Array => {
  const out = new Float32Array(28_800);
  const close = between(random, 0.16, 0.32);
  addAt(
    out,
    sweep(random, close, (t) => ({ level: 0.07 * hump(t, 0.75), frequency: mixRatio(3_200, 6_400, t), q: 0.9 })),
    0,
  );
  for (let at = 0; at < close; at += -Math.log(1 - random()) / 520) {
    const modes = [{ frequency: betweenRatio(random, 1_400, 7_500), t60: betweenRatio(random, 0.001, 0.006), gain: 1 }];
    addAt(out, strike(modes, 0.00006, 0.035 * smoothStep(0, 0.5, at / close) * pareto(random, 1.9, 5)), at);
  }
  const pings: Mode[] = [2_900, 4_700, 7_100, 9_800, 12_400].map((frequency, index) => ({
    frequency: frequency * between(random, 0.98, 1.02),
    t60: between(random, 0.02, 0.09) * (1 - 0.12 * index),
    gain: 0.5 / (1 + index),
  }));
  pings.push({ frequency: 620, t60: 0.02, gain: 0.5 }, { frequency: 1_250, t60: 0.02, gain: 0.4 });
  addAt(out, strike(pings, 0.0002, 0.12 * between(random, 0.6, 1)), close);
  return out;
};

/** Scissors that go round the head, a lock at a time, with the comb between. */
export const scissors: Recipe = {
  version: 4,
  loudness: -30,
  onsetCap: 14,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const events: TimedSound[] = [];
    let lock = 0;
    for (let at = 0.3; at < total - 3; lock++) {
      const home = lock * 1.26;
      const comb = seedOf(random);
      events.push({
        at,
        sound: () =>
          placed(
            sweep(prng(comb), 0.5, (t) => ({
              level: 0.09 * hump(t, 0.4),
              frequency: mixRatio(1_200, 3_400, t),
              q: 0.7,
            })),
            home,
            0.2,
          ),
      });
      at += between(random, 0.55, 0.8);
      for (let cuts = 2 + Math.floor(random() * 3); cuts > 0 && at < total - 1; cuts--) {
        const [own, azimuth] = [seedOf(random), home + between(random, -0.2, 0.2)];
        events.push({ at, sound: (): Pcm => placed(snip(prng(own)), azimuth, 0.2) });
        at += between(random, 0.42, 0.75);
      }
      at += between(random, 0.1, 0.5);
    }
    return { bed: roomTone(seed + 1, 0.007), events: timeline(events, length, 0.7) };
  },
};

/** A pump bottle: the trigger, a burst of mist, drops that settle, the trigger's return. */
const puff = (random: () => number): Float32Array => {
  const out = new Float32Array(57_600);
  const trigger = (level: number) =>
    strike(
      [
        { frequency: 480, t60: 0.02, gain: 0.7 },
        { frequency: 1_150, t60: 0.014, gain: 0.5 },
        { frequency: 2_300, t60: 0.008, gain: 0.3 },
      ],
      0.0006,
      level,
    );
  addAt(out, trigger(0.05), 0);
  const mist = between(random, 0.34, 0.5);
  addAt(
    out,
    sweep(random, mist, (t) => ({ level: 0.3 * hump(t, 0.22), frequency: mixRatio(2_300, 3_600, t), q: 0.5 })),
    0.03,
  );
  addAt(
    out,
    sweep(random, 0.5, (t) => ({ level: 0.05 * hump(t, 0.1), frequency: 4_200, q: 0.6 })),
    0.03 + 0.7 * mist,
  );
  addAt(out, trigger(0.035), 0.1 + mist);
  for (let at = 0; at < 0.45; at += -Math.log(1 - random()) / 60) {
    scuff(out, random, { at: 0.2 + mist + at, length: 0.003, low: 1_500, high: 7_000, level: 0.03 * (1 - at / 0.45) });
  }
  return out;
};

/** Mist, at one side and then at the other. */
export const spray: Recipe = {
  version: 4,
  loudness: -30,
  onsetCap: 10.5,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const events: TimedSound[] = [];
    let side = 1;
    for (let at = 0.3; at < total - 2; ) {
      for (let puffs = 1 + Math.floor(random() * 3); puffs > 0 && at < total - 1.5; puffs--) {
        const [own, azimuth] = [seedOf(random), side * between(random, 0.7, 1.3)];
        events.push({ at, sound: (): Pcm => placed(puff(prng(own)), azimuth, 0.35) });
        at += between(random, 0.7, 1.1);
      }
      at += between(random, 0.2, 0.8);
      side = -side;
    }
    return { bed: roomTone(seed + 1, 0.007), events: timeline(events, length, 1.3) };
  },
};

/** A marble that rolls round a wooden bowl about the listener: a rumble and a patter, quicker and slower. */
const rolling = ({ seed, length }: RecipeRequest): AudioNode => {
  const pace = wander(seed + 1, 210, length);
  const body = pink(seed + 2);
  const [low, tone] = [lowPass(520, 0.7), bandPass(760, 2.5)];
  const patter = impulses(seed + 3, 130, (random) => pareto(random, 2.2, 5));
  const rings = [430, 880, 1_640, 2_950, 4_800].map((frequency, index) => ({
    ring: bandPass(frequency, 7),
    gain: 1 / (1 + 0.7 * index),
  }));
  const high = highPass(230);
  const place = createHeadModel();
  const [block, clicks, part] = [0, 1, 2].map(() => new Float32Array(FRAME_SAMPLES)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  // As many whole turns as the loop holds, so that it comes round where it began.
  const turns = Math.max(1, Math.round(length / 260));
  let frame = 0;
  return {
    render(out) {
      out.left.fill(0);
      out.right.fill(0);
      const speed = 0.62 + 0.38 * pace(frame);
      body(block);
      part.set(block);
      low.tune(mixRatio(320, 700, speed));
      low(block);
      tone.tune(mixRatio(560, 900, speed), 2.5);
      tone(part);
      addTo(block, part, 0.8);
      patter(clicks);
      for (let i = 0; i < FRAME_SAMPLES; i++) block[i] = 0.16 * speed * block[i]!;
      for (const { ring, gain } of rings) {
        part.set(clicks);
        ring(part);
        addTo(block, part, 0.55 * gain * speed * speed);
      }
      high(block);
      place(block, out, (2 * Math.PI * turns * frame) / length + 0.5 * pace(frame + 900), 0.3);
      frame += 1;
      return "more";
    },
  };
};

/** Two marbles that touch. */
const clink = (random: () => number): Float32Array =>
  strike(
    [
      { frequency: betweenRatio(random, 2_400, 3_400), t60: 0.03, gain: 0.6 },
      { frequency: betweenRatio(random, 4_600, 6_800), t60: 0.02, gain: 0.4 },
      { frequency: 640, t60: 0.04, gain: 0.5 },
    ],
    0.0002,
    0.05 * between(random, 0.3, 1),
  );

/** Glass marbles that are rolled and touched together in a wooden tray. */
export const marbles: Recipe = {
  version: 3,
  loudness: -30,
  onsetCap: 13,
  create(request) {
    const { seed, length } = request;
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const events: TimedSound[] = [];
    for (let at = 1; at < total - 1; at += betweenRatio(random, 0.5, 4)) {
      const [own, azimuth] = [seedOf(random), between(random, -Math.PI, Math.PI)];
      events.push({ at, sound: (): Pcm => placed(clink(prng(own)), azimuth, 0.35) });
    }
    return {
      bed: sum(rolling(request), roomTone(seed + 9, 0.003)),
      events: timeline(events, length, 0.2),
    };
  },
};
