import { z } from "zod";
import type { Message } from "../i18n/message.ts";
import type { FileKind } from "./formats/fileKind.ts";

// Only the process that reads the reports loads the schema, which takes longer than the rest of an import's own code.
const KINDS = ["wav", "aiff", "caf", "au", "mp3", "flac", "oggFlac", "vorbis", "opus", "mp4", "aac", "webm"] as const;
const frames = z.number().int().nonnegative();
const level = z.number().min(-400).max(100);
const resultSchema = z.object({
  kind: z.enum(KINDS satisfies readonly FileKind[]),
  length: frames,
  loudness: level,
  level,
  trimmed: z.number().int(),
  onsets: z.array(frames).max(1_000_000).readonly(),
});

/**
 * What an import process reports. It has decoded a stranger's file, so that nothing it says is
 * believed before it has this form.
 */
export const importReport = z.discriminatedUnion("type", [
  z.object({ type: z.literal("advanced"), fraction: z.number().min(0).max(1) }),
  z.object({ type: z.literal("done"), findings: resultSchema, cpuSeconds: z.number().nonnegative() }),
  /** The reason is for the user. */
  z.object({
    type: z.literal("refused"),
    code: z.string().max(40),
    reason: z.custom<Message | string>((value) => JSON.stringify(value)?.length < 2_000),
    cpuSeconds: z.number().nonnegative(),
  }),
  z.object({ type: z.literal("failed"), reason: z.string().max(10_000), cpuSeconds: z.number().nonnegative() }),
]);

/** A report of an import process. */
export type ImportReport = z.infer<typeof importReport>;
