import { z } from "zod";
import { id } from "../kernel/ids.ts";

/** An id in stored JSON. */
export const storedId = <Id extends string>() => z.string().transform((text) => id<Id>(text));

/**
 * A column of JSON, parsed and checked.
 * @throws SyntaxError when it is not JSON
 * @throws ZodError when it has another shape
 */
export const parseStored = <T>(schema: z.ZodType<T>, json: string): T => schema.parse(JSON.parse(json));
