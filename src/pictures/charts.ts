import { z } from "zod";
import { askSandboxed } from "../kernel/askSandboxed.ts";
import { findNetworkIsolation } from "../kernel/childProcess.ts";
import { seconds } from "../kernel/units.ts";
import type { Charts } from "../ports/pictures.ts";
import { createKeptResults } from "../render/keptResults.ts";
import { createRequestQueue } from "../render/requestQueue.ts";

/** The charts asked for last are kept; each is of some 20 kB. */
const KEPT = 100;

const drawn = z.object({ png: z.instanceof(Uint8Array), alt: z.string(), text: z.string() });

/**
 * Charts, one drawn after the other in a process that may read our code and nothing else: members
 * have named what is in them. The same numbers are drawn once.
 */
export const openCharts = (): Charts => {
  const kept = createKeptResults<z.infer<typeof drawn>>(KEPT);
  const queue = createRequestQueue();
  return {
    draw: (chart, by) =>
      kept.of(JSON.stringify(chart), () =>
        queue.run(by, async () =>
          askSandboxed(new URL("./chartProcess.ts", import.meta.url), chart, {
            answer: drawn,
            sandbox: { addons: true, isolation: await findNetworkIsolation() },
            patience: seconds(20),
          }),
        ),
      ),
  };
};
