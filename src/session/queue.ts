import { prng } from "../kernel/random.ts";
import { noSuchPlace, notYours, queueEmpty } from "./refusals.ts";
import type { Entry, Live } from "./session.ts";
import { refuse, type Step, to } from "./step.ts";
import type { Deciding } from "./votes.ts";

const inRange = (place: number, length: number): boolean => Number.isInteger(place) && place >= 1 && place <= length;

/** Places count from 1. */
export const moveInQueue = (session: Live, from: number, target: number): Step => {
  const { queue } = session;
  if (queue.length === 0) return refuse(session, queueEmpty());
  if (!inRange(from, queue.length) || !inRange(target, queue.length)) return refuse(session, noSuchPlace(queue.length));
  const moved = queue.toSpliced(from - 1, 1).toSpliced(target - 1, 0, ...queue.slice(from - 1, from));
  return to({ ...session, queue: moved });
};

export const removeFromQueue = (session: Live, place: number, deciding: Deciding): Step => {
  const { queue } = session;
  if (queue.length === 0) return refuse(session, queueEmpty());
  if (!inRange(place, queue.length)) return refuse(session, noSuchPlace(queue.length));
  if (!mayThin(session, queue.slice(place - 1, place), deciding)) return refuse(session, notYours());
  return to({ ...session, queue: queue.toSpliced(place - 1, 1) });
};

/** Fisher and Yates, with a seed, so that a shuffle can be told again. */
const shuffled = (queue: readonly Entry[], seed: number): readonly Entry[] => {
  const random = prng(seed);
  const cards = [...queue];
  for (let i = cards.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [cards[i], cards[j]] = [cards[j]!, cards[i]!];
  }
  return cards;
};

export const shuffleQueue = (session: Live, seed: number): Step =>
  session.queue.length === 0 ? refuse(session, queueEmpty()) : to({ ...session, queue: shuffled(session.queue, seed) });

/** What others queued is not taken from them. */
const mayThin = ({ rules }: Live, entries: readonly Entry[], { by, asHost }: Deciding): boolean =>
  !rules.votes || asHost === true || entries.every((entry) => entry.by === by);

export const clearQueue = (session: Live, deciding: Deciding): Step => {
  if (session.queue.length === 0) return refuse(session, queueEmpty());
  if (mayThin(session, session.queue, deciding)) return to({ ...session, queue: [] });
  const others = session.queue.filter(({ by }) => by !== deciding.by);
  return others.length === session.queue.length ? refuse(session, notYours()) : to({ ...session, queue: others });
};
