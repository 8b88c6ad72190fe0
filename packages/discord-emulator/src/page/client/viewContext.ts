import type { World } from "../protocol.ts";
import type { Actions } from "./actions.ts";
import type { Writing } from "./composer.ts";
import type { State, Store } from "./state.ts";

/** What every view draws from, and what it can set going. */
export interface Scene {
  readonly state: State;
  readonly world: World;
  readonly store: Store;
  readonly actions: Actions;
  readonly writing: Writing;
}

/** The visitor as the guild sees them. */
const visitorIn = (world: World) => world.people.find(({ id }) => id === world.you.id);

/** The visitor's voice channel. */
export const seatOf = (world: World): string | undefined => visitorIn(world)?.voice?.channel;
