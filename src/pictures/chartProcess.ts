import { constants, setPriority } from "node:os";
import { endWithParent } from "../kernel/parentProcess.ts";
import { type Chart, chartAlt, chartSvg, chartText } from "../visuals/chart.ts";
import { encodeSvg } from "../visuals/encode.ts";

setPriority(constants.priority.PRIORITY_LOW);
endWithParent();

/** A chart comes, and its picture goes back with the same in words, or the reason why not. */
process.on("message", (chart: Chart) => {
  encodeSvg(chartSvg(chart)).then(
    (png) => process.send?.({ png, alt: chartAlt(chart), text: chartText(chart) }),
    (error: Error) => process.send?.({ reason: error.stack ?? error.message }),
  );
});
