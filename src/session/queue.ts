import { prng } from "../kernel/random.ts";
import { noSuchQueuePosition, notYours, queueEmpty } from "./refusals.ts";
import type { ActiveSession, QueueEntry } from "./session.ts";
import { refuse, type Step, stepTo } from "./step.ts";
import type { Decider } from "./votes.ts";

const inRange = (place: number, length: number): boolean => Number.isInteger(place) && place >= 1 && place <= length;

/** Moves an entry. Positions count from 1. */
export const moveInQueue = (session: ActiveSession, from: number, target: number): Step => {
  const { queue } = session;
  if (queue.length === 0) return refuse(session, queueEmpty());
  if (!inRange(from, queue.length) || !inRange(target, queue.length))
    return refuse(session, noSuchQueuePosition(queue.length));
  const moved = queue.toSpliced(from - 1, 1).toSpliced(target - 1, 0, ...queue.slice(from - 1, from));
  return stepTo({ ...session, queue: moved });
};

/** Removes an entry. The invoker may remove their own; a host any. */
export const removeFromQueue = (session: ActiveSession, place: number, deciding: Decider): Step => {
  const { queue } = session;
  if (queue.length === 0) return refuse(session, queueEmpty());
  if (!inRange(place, queue.length)) return refuse(session, noSuchQueuePosition(queue.length));
  if (!mayRemove(session, queue.slice(place - 1, place), deciding)) return refuse(session, notYours());
  return stepTo({ ...session, queue: queue.toSpliced(place - 1, 1) });
};

/** Fisher–Yates shuffle with a seed, so that it is reproducible. */
const shuffled = (queue: readonly QueueEntry[], seed: number): readonly QueueEntry[] => {
  const random = prng(seed);
  const cards = [...queue];
  for (let i = cards.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [cards[i], cards[j]] = [cards[j]!, cards[i]!];
  }
  return cards;
};

/** Shuffles the queue; the same seed gives the same order. */
export const shuffleQueue = (session: ActiveSession, seed: number): Step =>
  session.queue.length === 0
    ? refuse(session, queueEmpty())
    : stepTo({ ...session, queue: shuffled(session.queue, seed) });

/** Whether the member may remove these entries: their own, or any as a host. */
const mayRemove = ({ rules }: ActiveSession, entries: readonly QueueEntry[], { by, asHost }: Decider): boolean =>
  !rules.votes || asHost === true || entries.every((entry) => entry.by === by);

/** Removes the invoker's entries; a host removes all. */
export const clearQueue = (session: ActiveSession, deciding: Decider): Step => {
  if (session.queue.length === 0) return refuse(session, queueEmpty());
  if (mayRemove(session, session.queue, deciding)) return stepTo({ ...session, queue: [] });
  const others = session.queue.filter(({ by }) => by !== deciding.by);
  return others.length === session.queue.length ? refuse(session, notYours()) : stepTo({ ...session, queue: others });
};
