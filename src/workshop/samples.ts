import type { Samples } from "../host/libraryPorts.ts";
import type { Sounds } from "../host/ports.ts";
import { UserError } from "../kernel/errors.ts";
import type { SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { text } from "../kernel/text.ts";
import { openBytesOf } from "./bytesOf.ts";

/** The samples asked for last are kept; each is a quarter of a megabyte. */
const KEPT = 12;

const notCut = () =>
  new UserError("sample-not-cut", text`That sample could not be made just now. Try it again in a minute.`);

/** Pieces of sounds for one pair of ears, one after the other. */
export const openSamples = ({ sounds, log }: { readonly sounds: Sounds; readonly log: Log }): Samples => {
  const cut = openBytesOf(new URL("./sampleProcess.ts", import.meta.url), { kept: KEPT });

  return {
    async of(sound: SoundId) {
      const { path } = await sounds.prepare(sound);
      try {
        return await cut(path);
      } catch (error) {
        log.error("A sample could not be cut", { sound, error });
        throw notCut();
      }
    },
  };
};
