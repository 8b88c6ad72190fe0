import { createLiveVisual, type VisualRequest } from "../../src/visuals/liveVisual.ts";

const draw = createLiveVisual();
addEventListener("message", ({ data }: MessageEvent<VisualRequest>) => draw(data));
