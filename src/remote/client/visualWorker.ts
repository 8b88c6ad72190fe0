import { createLiveVisual } from "../../visuals/liveVisual.ts";
import type { VisualRequest } from "../../visuals/visualRequest.ts";

const draw = createLiveVisual();
addEventListener("message", ({ data }: MessageEvent<VisualRequest>) => draw(data));
