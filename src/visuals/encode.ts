import sharp from "sharp";

/** Pixels, red, green and blue, one frame below the other. */
export interface Film {
  readonly size: number;
  readonly frames: number;
  readonly rgb: Uint8Array;
  /** Milliseconds a frame; GIF counts in tens. */
  readonly delay: number;
}

const open = ({ size, frames, rgb }: Film) =>
  sharp(rgb, { raw: { width: size, height: size * frames, channels: 3, pageHeight: size }, limitInputPixels: false });

/** Plays everywhere. Pixels that hardly change are left as they are, which is most of its thrift. */
export const encodeGif = (film: Film): Promise<Uint8Array> =>
  open(film)
    .gif({
      loop: 0,
      delay: Array(film.frames).fill(film.delay),
      colours: 128,
      dither: 0,
      effort: 4,
      interFrameMaxError: 4,
    })
    .toBuffer();

export const encodeWebp = (film: Film): Promise<Uint8Array> =>
  open(film)
    .webp({ loop: 0, delay: Array(film.frames).fill(film.delay), quality: 72, effort: 3, smartSubsample: true })
    .toBuffer();

/** One frame that stands still. */
export const encodeStill = ({ size, rgb }: Pick<Film, "size" | "rgb">): Promise<Uint8Array> =>
  sharp(rgb, { raw: { width: size, height: size, channels: 3 } })
    .png({ compressionLevel: 9 })
    .toBuffer();
