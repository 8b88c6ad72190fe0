import type { Situation } from "./leaseStore.ts";

/** A hand-over that should begin. */
interface HandOver {
  readonly shard: number;
  readonly to: string;
}

/** What a replica should do about the shards. */
export interface ShardPlan {
  /** Free leases that this replica should take. */
  readonly take: readonly number[];
  readonly handOver: readonly HandOver[];
}

/** The replica with the fewest shards; of those, the same one in every replica's eyes. */
const fewest = (loads: ReadonlyMap<string, number>): string | undefined =>
  [...loads].toSorted(([a, few], [b, more]) => few - more || (a < b ? -1 : 1))[0]?.[0];

/** How many shards each replica has that may take more, with those that it is about to get. */
const loadsOf = ({ shards, replicas }: Situation): Map<string, number> => {
  const loads = new Map(replicas.filter(({ isDraining }) => !isDraining).map(({ id }) => [id, 0]));
  for (const { owner, successor } of shards) {
    const holder = successor ?? owner;
    const load = holder === undefined ? undefined : loads.get(holder);
    if (holder !== undefined && load !== undefined) loads.set(holder, load + 1);
  }
  return loads;
};

const add = (loads: Map<string, number>, replica: string, shards: number) =>
  void loads.set(replica, (loads.get(replica) ?? 0) + shards);

/**
 * Divides the shards among the replicas: free ones go to the one with the fewest, and the fullest replica hands over to the
 * emptiest until they differ by one at most. A replica that drains hands over everything.
 * @param me this replica, one of those in the situation
 * @param rooms of each shard that this replica serves; shards with the fewest are handed over first
 * @param abandoned shards that have been free for so long that the replica that was to take them does not
 */
export const planShards = (
  situation: Situation,
  me: string,
  rooms: (shard: number) => number,
  abandoned: (shard: number) => boolean,
): ShardPlan => {
  const { shards, replicas } = situation;
  const loads = loadsOf(situation);
  const isLive = (replica: string | undefined) => replica !== undefined && loads.has(replica);
  const mine = shards.filter(({ owner }) => owner === me);
  const isDraining = !loads.has(me);

  const take: number[] = [];
  for (const { shard, owner, successor } of shards) {
    if (owner !== undefined || isDraining) continue;
    const taker = isLive(successor) ? successor : fewest(loads);
    if (taker === undefined) continue;
    if (!isLive(successor)) add(loads, taker, 1);
    if (taker === me || abandoned(shard)) take.push(shard);
  }

  const handOver: HandOver[] = [];
  const offer = (shard: number) => {
    const to = fewest(loads);
    if (to === undefined) return;
    add(loads, to, 1);
    handOver.push({ shard, to });
  };
  const offered = mine
    .filter(({ successor }) => !isLive(successor) || successor === me)
    .map(({ shard }) => shard)
    .toSorted((a, b) => rooms(a) - rooms(b));
  // Rooms of a replica that ends come first to the next one, the fullest shards before the others.
  if (isDraining) for (const shard of offered.toReversed()) offer(shard);
  else {
    const isQuiet = shards.every(({ owner, successor }) => owner !== undefined && !isLive(successor));
    const others = new Map([...loads].filter(([id]) => id !== me));
    const least = Math.min(...others.values());
    const isFullest = [...loads.values()].every((load) => load <= (loads.get(me) ?? 0));
    const [shard] = offered;
    // One at a time, and only where everything is settled: each hand-over costs an Identify.
    if (isQuiet && isFullest && (loads.get(me) ?? 0) - least > 1 && shard !== undefined && replicas.length > 1)
      offer(shard);
  }
  return { take, handOver };
};
