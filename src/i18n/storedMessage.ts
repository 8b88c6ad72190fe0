import { z } from "zod";
import { type Message, type MessageKey, type MessageValue, plain } from "./message.ts";

const Value: z.ZodType<MessageValue> = z.lazy(() => z.union([z.string(), z.number(), Stored]));

const Stored: z.ZodType<Message> = z.union([
  // An earlier version may have had other keys; `Say` copes with those.
  z.object({
    key: z.custom<MessageKey>((key) => typeof key === "string"),
    values: z.record(z.string(), Value).exactOptional(),
  }),
  z.object({ plain: z.string() }),
  z.object({ name: z.string() }),
  z.object({ titled: z.string() }),
  z.object({ plainly: z.string() }),
  z.object({ list: z.array(Value) }),
  z.object({ together: z.array(Value), between: z.string() }),
  z.object({ template: z.string(), values: z.array(Value) }),
]);

/**
 * A message as it was stored by this version or an earlier one, after its JSON was parsed. The earliest stored English text.
 * @returns undefined when it is none
 */
export const storedMessage = (stored: unknown): Message | undefined =>
  typeof stored === "string" ? plain(stored) : Stored.safeParse(stored).data;
