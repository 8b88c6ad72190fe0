import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HEARD, LIVE_LENGTH, partName, partNumber, readPart } from "../../audio/liveParts.ts";
import type { LiveSource, StoredSound } from "../../audio/storedSound.ts";
import { createLiveBuffer } from "./liveBuffer.ts";

/** How often new parts are looked for, in milliseconds. */
const LOOK_EVERY = 250;
/** Looks after which it is said again that somebody listens: five seconds. */
const SAY_EVERY = 20;

/** A sound that is heard as it arrives. */
export interface LiveSound extends StoredSound {
  readonly live: LiveSource;
}

/** Opens live sound that another process writes into a folder; it is read only while somebody listens. */
export const openLiveFolder = (path: string): LiveSound => {
  const buffer = createLiveBuffer();
  let readers = 0;
  let timer: NodeJS.Timeout | undefined;
  let last = -1;
  let looks = 0;
  let isLooking = false;

  const look = async (): Promise<void> => {
    if (looks++ % SAY_EVERY === 0) await writeFile(join(path, HEARD), "");
    const numbers = (await readdir(path)).map(partNumber).filter((number) => number !== undefined && number > last);
    for (const number of (numbers as number[]).sort((one, other) => one - other)) {
      const bytes = await readFile(join(path, partName(number)));
      last = number;
      buffer.push(readPart(bytes));
    }
  };
  /** What can't be read now is looked for again: a folder that is gone is a radio that is silent. */
  const lookOnce = () => {
    if (isLooking) return;
    isLooking = true;
    look()
      .catch(() => {})
      .finally(() => {
        isLooking = false;
      });
  };

  const stop = () => {
    readers -= 1;
    if (readers > 0) return;
    clearInterval(timer);
    timer = undefined;
    buffer.clear();
  };

  return {
    packets: [],
    length: LIVE_LENGTH,
    keyframes: [],
    title: undefined,
    licence: undefined,
    loudness: undefined,
    live: {
      open() {
        readers += 1;
        if (timer === undefined) {
          last = -1;
          looks = 0;
          timer = setInterval(lookOnce, LOOK_EVERY);
          timer.unref();
          lookOnce();
        }
        return buffer.open(stop);
      },
    },
  };
};
