import type { AvoidList } from "../host/carePorts.ts";
import type { Sound } from "../library/sound.ts";

/** `left out`: it is not to be heard. `unwelcome`: it may be heard, and who queues it is told. */
export type Fit = "fits" | "unwelcome" | "left out";

type Told = Pick<Sound, "trigger" | "risks">;

/** Whether a list names something that the sound has. */
const isAvoided = ({ trigger, risks }: Told, list: AvoidList): boolean =>
  list.triggers.includes(trigger) || risks.some((risk) => list.risks.includes(risk));

/** How a sound suits those whose lists these are. */
export const fits = (sound: Told, lists: readonly AvoidList[]): Fit => {
  const against = lists.filter((list) => isAvoided(sound, list));
  if (against.some(({ mode }) => mode !== "warn")) return "left out";
  return against.length > 0 ? "unwelcome" : "fits";
};
