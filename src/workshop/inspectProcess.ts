import { mkdirSync, writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { dirname } from "node:path";
import { inspect } from "./inspect.ts";
import type { Inspected, Inspecting } from "./inspections.ts";
import { drawSpectrogram } from "./spectrogram.ts";
import { wavOf } from "./wav.ts";

setPriority(constants.priority.PRIORITY_LOW);
process.on("disconnect", () => process.exit());

const one = async ({ making, excerpt, wav, spectrogram }: Inspecting): Promise<Inspected> => {
  const { after, measures, measuresAfter, failures, speed } = await inspect(making, excerpt);
  if (spectrogram !== undefined) await drawSpectrogram(after, spectrogram);
  if (wav !== undefined) {
    mkdirSync(dirname(wav), { recursive: true });
    writeFileSync(wav, wavOf(after));
  }
  return { measures, measuresAfter, failures, speed };
};

process.on("message", (task: Inspecting) => {
  one(task).then(
    (inspected) => process.send?.({ inspected }),
    (error: Error) => process.send?.({ reason: error.stack ?? error.message }),
  );
});
