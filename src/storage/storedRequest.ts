import { z } from "zod";
import type { SoundId } from "../kernel/ids.ts";
import { PLACEMENTS } from "../kernel/placement.ts";
import type { PlayRequest } from "../session/session.ts";
import { storedId } from "./stored.ts";

/** A sound or mix to be played later, as it is stored. */
export const StoredRequest: z.ZodType<PlayRequest> = z.object({
  title: z.string(),
  layers: z
    .array(
      z.object({
        sound: z.object({ id: storedId<SoundId>(), title: z.string() }),
        gainDb: z.number(),
        place: z.enum(PLACEMENTS),
      }),
    )
    .min(1),
});
