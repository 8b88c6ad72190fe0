import { constants, setPriority } from "node:os";
import { endWithParent } from "../kernel/parentProcess.ts";
import { chartAlt, chartSvg, chartText } from "../visuals/chart.ts";
import { encodeSvg } from "../visuals/encode.ts";
import { drawOneStill, drawOneThumbnail, drawVisual } from "./drawVisual.ts";
import type { DrawRequest, DrawResponse } from "./visualRenderer.ts";

// Sound comes first, and drawing takes what is left.
setPriority(constants.priority.PRIORITY_LOW);
endWithParent();

const draw = async (request: DrawRequest): Promise<DrawResponse> => {
  if (request.kind === "still") {
    await drawOneStill(request.id, request.cache);
    return { kind: "still" };
  }
  if (request.kind === "thumbnail") {
    await drawOneThumbnail(request.id, request.cache);
    return { kind: "thumbnail" };
  }
  if (request.kind === "visual") return { kind: "visual", measured: await drawVisual(request.id, request.cache) };
  const { chart } = request;
  return { kind: "chart", png: await encodeSvg(chartSvg(chart)), alt: chartAlt(chart), text: chartText(chart) };
};

process.on("message", (request: DrawRequest) => {
  draw(request).then(
    (answer) => process.send?.(answer),
    (error: Error) => process.send?.({ reason: error.stack ?? error.message }),
  );
});
