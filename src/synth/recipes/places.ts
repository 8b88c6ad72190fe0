import { type AudioNode, FRAME_SAMPLES, type Pcm, SAMPLE_RATE } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { framesIn, millisIn, seconds } from "../../kernel/units.ts";
import { air } from "../air.ts";
import { addTo, ramp } from "../blocks.ts";
import { bubble, bubbleRadius } from "../bubbles.ts";
import { mixRatio, smoothStep, wander } from "../curves.ts";
import { bandPass, biquad, chain, highPass, lowPass, softLowPass } from "../filters.ts";
import { addAt, hump, sweep } from "../gesture.ts";
import { scuff, strike } from "../modes.ts";
import { sum, through } from "../nodes.ts";
import { bell, between, betweenRatio, seedOf } from "../random.ts";
import type { Recipe, RecipeRequest } from "../recipe.ts";
import { reverb } from "../reverb.ts";
import { placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";

/** A wheel over a rail's joint, heard through the floor of a sleeping car. */
const joint = (random: () => number, level: number): Float32Array => {
  const out = new Float32Array(14_400);
  const modes = [
    { frequency: 82, t60: 0.16, gain: 1 },
    { frequency: 148, t60: 0.11, gain: 0.6 },
    { frequency: 285, t60: 0.07, gain: 0.3 },
    { frequency: 620, t60: 0.03, gain: 0.1 },
  ].map((mode) => ({ ...mode, frequency: mode.frequency * between(random, 0.96, 1.04) }));
  addAt(out, strike(modes, 0.007, level), 0);
  scuff(out, random, { at: 0.004, length: 0.05, low: 180, high: 900, level: 0.09 * level });
  return out;
};

/** A night train: the rumble of the wheels, and the joints of the rails, two and two. */
export const nightTrain: Recipe = {
  version: 2,
  loudness: -30,
  onsetCap: 9,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    // Joints every 25 m at some 85 km/h; the bogies of two cars stand close together.
    const count = Math.round(total / 1.06);
    const beats: TimedSound[] = Array.from({ length: count }, (_, index) =>
      [0, 0.115, 0.33, 0.445].map((offset) => {
        const [own, near] = [seedOf(random), offset > 0.2];
        const level = (near ? 0.2 : 0.11) * between(random, 0.85, 1.1);
        return {
          at: ((index + 0.006 * bell(random) + 0.02) / count) * total + offset,
          sound: (): Pcm => placed(joint(prng(own), level), near ? 0.5 : -0.9, 1),
        };
      }),
    ).flat();
    const [sway, speed] = [wander(seed + 1, 70, length), wander(seed + 2, 260, length)];
    const rumble = () => chain(highPass(42), lowPass(240, 0.6), softLowPass(300));
    const rails = () => chain(highPass(500), biquad("peak", 950, 1.4, 5), softLowPass(1_500));
    return {
      bed: sum(
        air(seed + 3, rumble, (frame) => 0.34 * (1 + 0.14 * sway(frame) + 0.1 * speed(frame))),
        air(seed + 4, rails, (frame) => 0.07 * (1 + 0.25 * speed(frame) + 0.12 * sway(frame + 31))),
      ),
      events: through(timeline(beats, length, 0.4), reverb(0.35, 0.2, 0.6, 2)),
    };
  },
};

/** Sounds below this, in Hz, go round a head and are as loud in both ears, wherever they come from. */
const ROUND_THE_HEAD = 1_200;

/** One guest of a café, too far away to be understood: a voice's pitch and vowels without any word. */
const guest = ({ seed, length }: RecipeRequest, index: number): AudioNode => {
  const random = prng(seed + 101 * index);
  const pitch = index % 2 === 0 ? betweenRatio(random, 95, 135) : betweenRatio(random, 170, 225);
  const [tune, talk] = [wander(seed + 7 * index, 22, length), wander(seed + 11 * index, 210, length)];
  const syllables = wander(seed + 13 * index, 6.5, length);
  const vowels = [wander(seed + 17 * index, 9, length), wander(seed + 19 * index, 8, length)] as const;
  const formants = [bandPass(500, 5), bandPass(1_400, 7), bandPass(2_500, 8)] as const;
  const distance = softLowPass(between(random, 900, 1_700));
  const low = softLowPass(ROUND_THE_HEAD);
  const pan = between(random, -0.8, 0.8);
  const [toLeft, toRight] = [Math.cos(((pan + 1) * Math.PI) / 4), Math.sin(((pan + 1) * Math.PI) / 4)];
  const loud = betweenRatio(random, 0.6, 1);
  const [source, part, voice] = [0, 1, 2].map(() => new Float32Array(FRAME_SAMPLES)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  let [frame, phase, last] = [0, 0, 0];
  return {
    render({ left, right }) {
      const at = frame++;
      const speaking = smoothStep(-0.15, 0.3, talk(at));
      // A guest who listens says a word now and then, so that the room never hangs on one voice.
      const level = loud * (0.15 + 0.85 * speaking) * (0.25 + 0.75 * smoothStep(-0.6, 0.7, syllables(at)));
      const step = (pitch * 2 ** (0.22 * tune(at))) / SAMPLE_RATE;
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        phase += step;
        if (phase >= 1) phase -= 1;
        // A falling saw: every harmonic, as from vocal cords, and a breath of air.
        source[i] = 0.5 - phase + 0.08 * (random() - 0.5);
      }
      formants[0].tune(mixRatio(320, 720, 0.5 + 0.5 * vowels[0](at)), 4);
      formants[1].tune(mixRatio(900, 2_000, 0.5 + 0.5 * vowels[1](at)), 6);
      voice.fill(0);
      for (const [number, formant] of formants.entries()) {
        part.set(source);
        formant(part);
        addTo(voice, part, [1, 0.55, 0.25][number]!);
      }
      distance(voice);
      ramp(voice, last, level);
      part.set(voice);
      low(part);
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        const [both, one] = [part[i]! * Math.SQRT1_2, voice[i]! - part[i]!];
        left[i] = both + toLeft * one;
        right[i] = both + toRight * one;
      }
      last = level;
      return "more";
    },
  };
};

/** A cup that is put down on its saucer, some tables away. */
const cup = (random: () => number): Float32Array => {
  const note = betweenRatio(random, 1_900, 3_100);
  const modes = [1, 1.58, 2.41].map((ratio, index) => ({
    frequency: note * ratio,
    t60: between(random, 0.05, 0.14) / (1 + index),
    gain: 0.6 / (1 + index),
  }));
  const out = new Float32Array(19_200);
  addAt(out, strike(modes, 0.0006, 1), 0);
  if (random() < 0.6) addAt(out, strike(modes, 0.0007, 0.5), between(random, 0.05, 0.13));
  softLowPass(2_600)(out);
  return out;
};

/** The murmur of a café in which no word is to be made out, with cups now and then. */
export const cafe: Recipe = {
  version: 3,
  loudness: -30,
  onsetCap: 9,
  create(request) {
    const { seed, length } = request;
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const cups: TimedSound[] = [];
    for (let at = 1; at < total - 1; at += betweenRatio(random, 1.2, 7)) {
      const [own, azimuth, level] = [
        seedOf(random),
        between(random, -Math.PI, Math.PI),
        betweenRatio(random, 0.012, 0.035),
      ];
      cups.push({ at, sound: () => placed(cup(prng(own)), azimuth, 2, level) });
    }
    const room = () => chain(highPass(80), softLowPass(500));
    const guests = sum(...Array.from({ length: 12 }, (_, index) => guest(request, index + 1)));
    return {
      bed: through(sum(guests, air(seed + 5, room, 0.09)), reverb(0.9, 0.5, 0.55, 3)),
      events: through(timeline(cups, length, 0.5), reverb(0.9, 0.5, 0.55, 3)),
    };
  },
};

/** Water that laps at the planks: a soft slap, then bubbles that come up along the hull. */
const lap = (random: () => number): Float32Array => {
  const out = new Float32Array(48_000);
  const length = between(random, 0.35, 0.7);
  const note = betweenRatio(random, 260, 480);
  addAt(
    out,
    sweep(random, length, (t) => ({ level: 0.5 * hump(t, 0.3), frequency: mixRatio(note, note * 1.9, t), q: 1.1 })),
    0,
  );
  for (let at = 0.1; at < 0.85; at += -Math.log(1 - random()) / 34) {
    const radius = bubbleRadius(random, 0.0012, 0.004, 1.4);
    addAt(out, bubble(radius, 0.22 * random() * hump(at / 0.85, 0.35), 0.06), at);
  }
  return out;
};

/** Wood under load slips and sticks: pulses that quicken, through the body of the boat. */
const creak = (random: () => number): Float32Array => {
  const length = between(random, 0.7, 1.5);
  const out = new Float32Array(Math.round((length + 0.3) * SAMPLE_RATE));
  const modes = [210, 345, 560, 910].map((frequency, index) => ({
    frequency: frequency * between(random, 0.9, 1.1),
    t60: 0.05 / (1 + 0.4 * index),
    gain: 1 / (1 + index),
  }));
  const [slow, fast] = [between(random, 14, 20), between(random, 34, 55)];
  for (let at = 0; at < length; ) {
    const share = at / length;
    addAt(out, strike(modes, 0.0016, 0.3 * hump(share, 0.5) * between(random, 0.7, 1)), at);
    at += between(random, 0.9, 1.1) / mixRatio(slow, fast, hump(share, 0.6));
  }
  softLowPass(900)(out);
  return out;
};

/** A small boat at its mooring: water along the planks, a rope that creaks, the shore far away. */
export const boat: Recipe = {
  version: 2,
  loudness: -30,
  onsetCap: 10.5,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const events: TimedSound[] = [];
    for (let at = 0.4; at < total - 1.2; at += between(random, 0.75, 1.7)) {
      const [own, azimuth, level] = [
        seedOf(random),
        between(random, 0.4, 1.1) * (random() < 0.5 ? 1 : -1),
        betweenRatio(random, 0.1, 0.2),
      ];
      events.push({ at, sound: () => placed(lap(prng(own)), azimuth, 0.7, level) });
    }
    for (let at = 5; at < total - 3; at += between(random, 7, 15)) {
      const [own, azimuth, level] = [seedOf(random), between(random, -2.6, 2.6), betweenRatio(random, 0.02, 0.05)];
      events.push({ at, sound: () => placed(creak(prng(own)), azimuth, 0.8, level) });
    }
    const swell = wander(seed + 1, 180, length);
    const shore = () => chain(highPass(120), softLowPass(480));
    return {
      bed: air(seed + 2, shore, (frame) => 0.09 * (1 + 0.3 * swell(frame))),
      events: through(timeline(events, length, 2), reverb(0.4, 0.25, 0.6, 2)),
      runIn: framesIn(seconds(5)),
    };
  },
};
