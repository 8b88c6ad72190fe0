import { createLiveVisual } from "../../src/visuals/liveVisual.ts";
import type { VisualRequest } from "../../src/visuals/visualRequest.ts";

const draw = createLiveVisual();
addEventListener("message", ({ data }: MessageEvent<VisualRequest>) => draw(data));
