import { z } from "zod";
import { PLACEMENTS } from "../kernel/placement.ts";
import { MAX_TIMER } from "../session/timing.ts";
import { type PageMessage, SOFTEST } from "./protocol.ts";

/** An id of ours. */
const Name = z.string().min(1).max(100);

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
  z.strictObject({ type: z.literal("play"), favourite: Name }),
  z.strictObject({ type: z.literal("startProgramme"), programme: Name }),
  z.strictObject({ type: z.literal("skipEvening"), evening: Name }),
  z.strictObject({
    type: z.literal("wakeAt"),
    scope: z.enum(["channel", "me"]),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    zone: z.string().min(1).max(60).optional(),
  }),
  z.strictObject({ type: z.literal("cancelWakeUp"), wakeUp: Name }),
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
