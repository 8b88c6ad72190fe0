import type { Sound } from "../catalogue/sound.ts";
import type { AvoidList } from "../ports/listeners.ts";

/** `excluded`: it is skipped. `unwelcome`: it plays, and the member who queues it is told. */
export type Suitability = "suitable" | "unwelcome" | "excluded";

type SoundTraits = Pick<Sound, "trigger" | "risks">;

/** Whether a list names the sound's trigger or one of its qualities. */
const isAvoided = ({ trigger, risks }: SoundTraits, list: AvoidList): boolean =>
  list.triggers.includes(trigger) || risks.some((risk) => list.risks.includes(risk));

/** How a sound suits the members with these lists. */
export const suitabilityOf = (sound: SoundTraits, lists: readonly AvoidList[]): Suitability => {
  const against = lists.filter((list) => isAvoided(sound, list));
  if (against.some(({ mode }) => mode !== "warn")) return "excluded";
  return against.length > 0 ? "unwelcome" : "suitable";
};
