import { mkdirSync, writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { dirname } from "node:path";
import { drawSpectrogram } from "../../src/pictures/spectrogram.ts";
import { inspect } from "../../src/render/inspect.ts";
import { wavOf } from "../../src/render/wav.ts";
import type { InspectionResult, InspectionTask } from "./inspections.ts";

setPriority(constants.priority.PRIORITY_LOW);
process.on("disconnect", () => process.exit());

const one = async ({ origin, excerpt, wav, spectrogram }: InspectionTask): Promise<InspectionResult> => {
  const { after, measures, measuresAfter, failures, speed } = await inspect(origin, excerpt);
  if (spectrogram !== undefined) await drawSpectrogram(after, spectrogram);
  if (wav !== undefined) {
    mkdirSync(dirname(wav), { recursive: true });
    writeFileSync(wav, wavOf(after));
  }
  return { measures, measuresAfter, failures, speed };
};

process.on("message", (task: InspectionTask) => {
  one(task).then(
    (inspected) => process.send?.({ inspected }),
    (error: Error) => process.send?.({ reason: error.stack ?? error.message }),
  );
});
