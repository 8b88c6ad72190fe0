import { createLiveVisual, type VisualRequest } from "../../visuals/liveVisual.ts";

const draw = createLiveVisual();
addEventListener("message", ({ data }: MessageEvent<VisualRequest>) => draw(data));
