import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { Samples, SoundSource } from "../ports/sounds.ts";
import { openFileWorker } from "./fileWorker.ts";

/** The samples asked for last are kept; each is a quarter of a megabyte. */
const KEPT = 12;

const notCut = () => new UserError("sample-not-cut", message("sounds.previewFailed"));

/** Cuts samples of sounds, one at a time, for members who want to listen alone. */
export const openSamples = ({ sounds, log }: { readonly sounds: SoundSource; readonly log: Log }): Samples => {
  const cut = openFileWorker(new URL("./sampleProcess.ts", import.meta.url), { kept: KEPT });

  return {
    async of(sound: SoundId, by) {
      const { path } = await sounds.prepare(sound);
      try {
        return await cut(path, by);
      } catch (error) {
        if (error instanceof UserError) throw error;
        log.error("A sample could not be cut", { sound, error });
        throw notCut();
      }
    },
  };
};
