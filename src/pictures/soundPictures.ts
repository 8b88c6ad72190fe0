import type { Log } from "../kernel/log.ts";
import { seconds } from "../kernel/units.ts";
import type { SoundPictures } from "../ports/pictures.ts";
import type { SoundSource } from "../ports/sounds.ts";
import { openFileWorker } from "../render/fileWorker.ts";

/** The pictures asked for last are kept; each is of some 30 kB. */
const KEPT = 100;
/** A sound that has not been rendered is shown without its picture. */
const LONGEST_WAIT = seconds(8);

/** Pictures of sounds, one drawn after the other. */
export const openSoundPictures = ({
  sounds,
  log,
}: {
  readonly sounds: SoundSource;
  readonly log: Log;
}): SoundPictures => {
  const draw = openFileWorker(new URL("./pictureProcess.ts", import.meta.url), { kept: KEPT, addons: true });

  return {
    async of({ id, origin }, by) {
      // What it will be is not known yet.
      if (origin.kind === "radio") return undefined;
      const mine = sounds.prepare(id).then(({ path }) => draw(path, by));
      const picture = mine.catch((error: unknown) => {
        log.info("A sound has no picture", { sound: id, error: String(error) });
        return undefined;
      });
      let stopWaiting = () => {};
      const late = new Promise<undefined>((resolve) => {
        const timer = setTimeout(() => resolve(undefined), LONGEST_WAIT);
        stopWaiting = () => clearTimeout(timer);
      });
      return Promise.race([picture, late]).finally(stopWaiting);
    },
  };
};
