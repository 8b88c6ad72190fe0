import { constants, setPriority } from "node:os";
import { endWithParent } from "../kernel/parentProcess.ts";
import { drawOneStill, drawOneThumbnail, drawVisual } from "./drawVisual.ts";
import type { DrawRequest, DrawResponse } from "./visualRenderer.ts";

// Sound comes first, and drawing takes what is left.
setPriority(constants.priority.PRIORITY_LOW);
endWithParent();

const draw = async ({ kind, id, cache }: DrawRequest): Promise<DrawResponse> => {
  if (kind === "visual") return { measured: await drawVisual(id, cache) };
  await (kind === "still" ? drawOneStill : drawOneThumbnail)(id, cache);
  return {};
};

process.on("message", (request: DrawRequest) => {
  draw(request).then(
    (answer) => process.send?.(answer),
    (error: Error) => process.send?.({ reason: error.stack ?? error.message }),
  );
});
