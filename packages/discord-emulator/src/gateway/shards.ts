/** A shard: its number, and how many shards there are. */
export type Shard = readonly [id: number, count: number];

/** The shard that a bot names in its Identify; the only one where it names none. Undefined for one that cannot be. */
export const parseShard = (named: unknown): Shard | undefined => {
  if (named === undefined || named === null) return [0, 1];
  if (!Array.isArray(named) || named.length !== 2) return undefined;
  const [id, count] = named as readonly unknown[];
  if (!Number.isInteger(id) || !Number.isInteger(count)) return undefined;
  return Number(id) >= 0 && Number(id) < Number(count) ? [Number(id), Number(count)] : undefined;
};

/** Whether the shard is told of the guild: Discord's formula, `(guild_id >> 22) % num_shards`. */
export const carries = ([id, count]: Shard, guild: string): boolean =>
  (BigInt(guild) >> 22n) % BigInt(count) === BigInt(id);
