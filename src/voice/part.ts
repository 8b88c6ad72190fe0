import { createSide, type Side } from "../audio/crossfade.ts";
import type { Frame } from "../audio/format.ts";
import type { StoredSound } from "../audio/stored.ts";
import type { EntryId } from "../kernel/ids.ts";
import type { Frames } from "../kernel/units.ts";
import { createReader, type Reader } from "./reader.ts";

/** One sound in a stream: where it is, and which side of a crossfade it is on. */
export interface Part {
  readonly entry: EntryId;
  readonly sound: StoredSound;
  readonly side: Side;
  position: Frames;
  /** Renders the frame at its position and moves on. @throws the codec's error */
  render(frame: Frame): void;
  /** Fills the frame with what came before its position, to settle an encoder. */
  renderAt(position: Frames, frame: Frame): void;
  advance(): void;
}

/** Begins unheard; its side is turned in. */
export const createPart = (entry: EntryId, sound: StoredSound, from: Frames): Part => {
  let reader: Reader | undefined;
  const side = createSide();
  const part: Part = {
    entry,
    sound,
    side,
    position: sound.length === 0 ? 0 : from % sound.length,
    renderAt(position, frame) {
      reader ??= createReader(sound);
      reader.read(position, frame);
    },
    render(frame) {
      part.renderAt(part.position, frame);
      side.apply(frame);
      part.advance();
    },
    advance() {
      part.position = (part.position + 1) % sound.length;
    },
  };
  return part;
};
