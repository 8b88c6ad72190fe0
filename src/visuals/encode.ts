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

/** From fine to thrifty: how many colours a frame has, and how far a pixel may be off before it is drawn again. */
const THRIFT = [
  { colours: 256, interFrameMaxError: 3 },
  { colours: 192, interFrameMaxError: 7 },
  { colours: 128, interFrameMaxError: 12 },
  { colours: 64, interFrameMaxError: 18 },
] as const;

/**
 * Plays everywhere. As fine as it may be.
 * @param most bytes; what is thriftiest may still be larger
 */
export const encodeGif = async (film: Film, most: number): Promise<Uint8Array> => {
  const delay = Array<number>(film.frames).fill(film.delay);
  let gif: Uint8Array = new Uint8Array();
  for (const thrift of THRIFT) {
    gif = await open(film)
      .gif({ loop: 0, delay, dither: 0.5, effort: 7, ...thrift })
      .toBuffer();
    if (gif.length <= most) break;
  }
  return gif;
};

/** Encodes a film as an animated WebP that loops without end. */
export const encodeWebp = (film: Film): Promise<Uint8Array> =>
  open(film)
    .webp({ loop: 0, delay: Array(film.frames).fill(film.delay), quality: 72, effort: 3, smartSubsample: true })
    .toBuffer();

/** One frame that stands still. */
export const encodeStill = ({ size, rgb }: Pick<Film, "size" | "rgb">): Promise<Uint8Array> =>
  sharp(rgb, { raw: { width: size, height: size, channels: 3 } })
    .png({ compressionLevel: 9 })
    .toBuffer();

/** The same as a WebP of a few kilobytes. */
export const encodeThumbnail = ({ size, rgb }: Pick<Film, "size" | "rgb">): Promise<Uint8Array> =>
  sharp(rgb, { raw: { width: size, height: size, channels: 3 } })
    .webp({ quality: 80, effort: 6, smartSubsample: true })
    .toBuffer();

/** Draws an SVG document as a PNG of at most 128 colours. */
export const encodeSvg = (svg: string): Promise<Uint8Array> =>
  sharp(Buffer.from(svg)).png({ palette: true, colours: 128, compressionLevel: 9 }).toBuffer();
