import { z } from "zod";
import { PHASE_NAMES, PROGRAMME_GOALS, type Programme } from "../catalogue/programmes.ts";
import { parseMix } from "../catalogue/shareCode.ts";
import { TRIGGERS } from "../catalogue/sound.ts";
import { parseStored } from "./stored.ts";

const curve = { name: z.enum(PHASE_NAMES), minutes: z.number(), fromDb: z.number(), toDb: z.number() };

const StoredProgramme: z.ZodType<Omit<Programme, "id">> = z.object({
  title: z.string(),
  description: z.string(),
  goal: z.enum(PROGRAMME_GOALS),
  phases: z.array(
    z.union([
      z.object({ ...curve, pick: z.union([z.object({ trigger: z.enum(TRIGGERS) }), z.literal("unheard")]) }),
      z.object({ ...curve, mix: z.unknown().transform(parseMix) }),
    ]),
  ),
  ends: z.enum(["silence", "never"]),
  line: z.string().exactOptional(),
  visual: z.string().exactOptional(),
});

/**
 * A programme as `programmes.programme` keeps it, with the id of its row.
 * @throws SyntaxError or ZodError when this version cannot read it
 */
export const parseStoredProgramme = (json: string, id: string): Programme => ({
  ...parseStored(StoredProgramme, json),
  id,
});
