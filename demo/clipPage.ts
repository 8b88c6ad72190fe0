import { toBytes } from "../src/visuals/image.ts";
import { DRAWINGS } from "../src/visuals/scenes.ts";

/** What the clip is drawn and encoded with. */
interface VideoRequest {
  readonly visual: string;
  /** Pixels a side. */
  readonly size: number;
  readonly frames: number;
  /** Frames a second. */
  readonly rate: number;
  readonly bitrate: number;
  /** The brightness of each frame, 0 to 1. */
  readonly brightness: readonly number[];
}

const base64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

/** Draws a visual and encodes it as VP9. @returns each packet in base64, and whether it is a key frame */
const encodeVideo = async ({ visual, size, frames, rate, bitrate, brightness }: VideoRequest) => {
  const drawing = DRAWINGS.get(visual);
  if (drawing === undefined) throw new Error(`There is no visual ${visual}`);
  const loop = Math.round(drawing.seconds * rate);
  const draw = drawing.scene({ size, frames: loop, seed: drawing.seed });
  const packets: { readonly data: string; readonly key: boolean }[] = [];
  let failure: unknown;
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      packets.push({ data: base64(bytes), key: chunk.type === "key" });
    },
    error: (error) => {
      failure = error;
    },
  });
  encoder.configure({ codec: "vp09.00.21.08", width: size, height: size, bitrate, framerate: rate });
  const rgb = new Uint8Array(size * size * 3);
  const rgba = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let frame = 0; frame < frames; frame++) {
    toBytes(draw(frame % loop), rgb);
    const light = brightness[frame] ?? 1;
    for (let pixel = 0; pixel < size * size; pixel++)
      for (let channel = 0; channel < 3; channel++) rgba[pixel * 4 + channel] = rgb[pixel * 3 + channel]! * light;
    const timestamp = Math.round((frame * 1e6) / rate);
    const picture = new VideoFrame(rgba, { format: "RGBX", codedWidth: size, codedHeight: size, timestamp });
    encoder.encode(picture, { keyFrame: frame === 0 });
    picture.close();
    if (frame % 10 === 0) await encoder.flush();
  }
  await encoder.flush();
  if (failure !== undefined) throw failure;
  return packets;
};

Object.assign(globalThis, { encodeVideo });
