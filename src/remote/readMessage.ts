import { z } from "zod";
import { PLACEMENTS } from "../kernel/placement.ts";
import { MAX_TIMER } from "../session/timing.ts";
import { type PageMessage, SOFTEST } from "./protocol.ts";

const Request = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(["pause", "resume", "skip", "stop", "softer", "louder", "extend"]) }),
  z.strictObject({
    type: z.literal("sleepIn"),
    minutes: z
      .number()
      .int()
      .min(1)
      .max(MAX_TIMER / 60_000),
  }),
  z.strictObject({ type: z.literal("play"), favourite: z.string().min(1).max(100) }),
  z.strictObject({
    type: z.literal("layer"),
    sound: z.string().min(1).max(200),
    gainDb: z.number().min(SOFTEST).max(0).optional(),
    place: z.enum(PLACEMENTS).optional(),
  }),
]);

const Message = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("open"), token: z.string().min(1).max(300) }),
  z.strictObject({ type: z.literal("clock"), sent: z.number() }),
  z.strictObject({ type: z.literal("request"), id: z.number().int().min(1), request: Request }),
]);

/** Reads a message of the page; undefined where it is none. */
export const readMessage = (text: string): PageMessage | undefined => {
  try {
    return Message.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
