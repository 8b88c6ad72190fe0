import type { Sound } from "../catalogue/sound.ts";
import type { AvoidList } from "../ports/listeners.ts";

/** `excluded`: it is not to be heard. `unwelcome`: it may be heard, and who queues it is told. */
export type Suitability = "suitable" | "unwelcome" | "excluded";

type SoundTraits = Pick<Sound, "trigger" | "risks">;

/** Whether a list names something that the sound has. */
const isAvoided = ({ trigger, risks }: SoundTraits, list: AvoidList): boolean =>
  list.triggers.includes(trigger) || risks.some((risk) => list.risks.includes(risk));

/** How a sound suits those whose lists these are. */
export const suitabilityOf = (sound: SoundTraits, lists: readonly AvoidList[]): Suitability => {
  const against = lists.filter((list) => isAvoided(sound, list));
  if (against.some(({ mode }) => mode !== "warn")) return "excluded";
  return against.length > 0 ? "unwelcome" : "suitable";
};
