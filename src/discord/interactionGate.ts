import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { Replica } from "../leases/replica.ts";
import type { Shards } from "./shards.ts";

/** Discord takes no answer after 3 s, and an answer takes its time. */
const HELD_FOR: Millis = seconds(2.2);
/** Of one shard; what comes beyond them is not answered. */
const MOST_HELD = 1_000;

/** What is looked at of an interaction. */
interface Received {
  readonly id: string;
  readonly guildId: string | null;
}

/** Lets each interaction through in one of the processes that receive it. */
export interface InteractionGate<Interaction> {
  receive(interaction: Interaction): void;
  /** What was running on the shard is back: what has waited for that is answered. */
  open(shard: number): void;
  /** The shard is about to be another process's; what still arrives here is not answered. */
  close(shard: number): void;
}

/**
 * While a shard is handed over, two processes receive its interactions. The owner answers until it lets go; the next one
 * holds them back until the shard's sessions are back. One that both might answer is claimed in the database first.
 * @param answer given each interaction that is this process's to answer
 */
export const createInteractionGate = <Interaction extends Received>(
  { of, isShared, answers }: Pick<Shards, "of" | "isShared" | "answers">,
  replica: Pick<Replica, "isHandedOver" | "claimInteraction"> | undefined,
  answer: (interaction: Interaction) => void,
  log: Log,
): InteractionGate<Interaction> => {
  const opened = new Set<number>();
  const held = new Map<number, { readonly at: Millis; readonly interaction: Interaction }[]>();

  const guildOf = ({ guildId }: Interaction) => (guildId === null ? undefined : (guildId as GuildId));
  const shardOf = (interaction: Interaction): number => {
    const guild = guildOf(interaction);
    return guild === undefined ? 0 : of(guild);
  };

  const hold = (interaction: Interaction) => {
    const shard = shardOf(interaction);
    const now = performance.now();
    const waiting = (held.get(shard) ?? []).filter(({ at }) => now - at < HELD_FOR).slice(-MOST_HELD);
    held.set(shard, [...waiting, { at: now, interaction }]);
  };

  /** @param otherwise whether it is answered where the database does not say */
  const answerIfClaimed = async (interaction: Interaction, otherwise: boolean): Promise<void> => {
    const isOwn = await replica?.claimInteraction(interaction.id).catch((error: unknown) => {
      log.warn("It is not known which replica answers an interaction", { error, answered: otherwise });
      return otherwise && answers(guildOf(interaction));
    });
    // Nobody else answers what is claimed, even where the shard has gone over meanwhile.
    if (isOwn !== false) answer(interaction);
  };

  return {
    receive(interaction) {
      const shard = shardOf(interaction);
      if (!isShared) answer(interaction);
      else if (!opened.has(shard) || !answers(guildOf(interaction))) hold(interaction);
      else if (replica?.isHandedOver(shard)) void answerIfClaimed(interaction, true);
      else answer(interaction);
    },
    open(shard) {
      opened.add(shard);
      const waiting = held.get(shard) ?? [];
      held.delete(shard);
      for (const { at, interaction } of waiting)
        if (performance.now() - at < HELD_FOR) void answerIfClaimed(interaction, false);
    },
    close: (shard) => void opened.delete(shard),
  };
};
