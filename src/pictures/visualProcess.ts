import { constants, setPriority } from "node:os";
import { chartAlt, chartSvg, chartText } from "../visuals/chart.ts";
import { encodeSvg } from "../visuals/encode.ts";
import { drawOneStill, drawVisual } from "./drawVisual.ts";
import type { DrawRequest, DrawResponse } from "./visualRenderer.ts";

// Sound comes first, and drawing takes what is left.
setPriority(constants.priority.PRIORITY_LOW);
process.on("disconnect", () => process.exit());

const draw = async (wish: DrawRequest): Promise<DrawResponse> => {
  if (wish.kind === "still") {
    await drawOneStill(wish.id, wish.cache);
    return { kind: "still" };
  }
  if (wish.kind === "visual") return { kind: "visual", measured: await drawVisual(wish.id, wish.cache) };
  const { chart } = wish;
  return { kind: "chart", png: await encodeSvg(chartSvg(chart)), alt: chartAlt(chart), text: chartText(chart) };
};

process.on("message", (wish: DrawRequest) => {
  draw(wish).then(
    (answer) => process.send?.(answer),
    (error: Error) => process.send?.({ reason: error.stack ?? error.message }),
  );
});
