import { z } from "zod";
import { type Message, type MessageKey, type MessageValue, plain } from "./message.ts";

const Value: z.ZodType<MessageValue> = z.lazy(() => z.union([z.string(), z.number(), Formed]));

const Formed: z.ZodType<Message> = z.union([
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

/** A message as this version or an earlier one stored it. The earliest stored a sentence in English. */
export const StoredMessage = z.union([z.string().transform(plain), Formed]);
