import type { PlayableSound, Sound } from "../catalogue/sound.ts";
import { createDerivedFiles } from "../kernel/derivedFiles.ts";
import type { GuildId, SoundId } from "../kernel/ids.ts";
import type { SoundSource } from "../ports/sounds.ts";
import type { Renderer } from "./renderer.ts";

/** What the audio of all whispers may take: some 350 of the longest. */
const MOST_BYTES = 256 * 2 ** 20;
/** A rendered whisper's file, by the ID of its sound. */
const FILE = /^(whisper-said-[0-9a-f]{12})-[0-9a-f]{12}\.opus$/;

/** Whispers as playable sounds; their audio goes when their text does. */
export interface WhisperSource extends SoundSource {
  /** Whether a sound is a whisper that is there. */
  has(sound: SoundId): boolean;
  /** Removes the audio whose text is gone. */
  sweep(): Promise<void>;
}

/** @param options.find a whisper that is kept, and the guild that it is of */
export const createWhisperSource = ({
  find,
  renderer,
  cache,
}: {
  readonly find: (sound: SoundId) => { readonly guild: GuildId; readonly sound: Sound } | undefined;
  readonly renderer: Pick<Renderer, "prepareSound" | "prepare">;
  readonly cache: string;
}): WhisperSource => {
  const files = createDerivedFiles({ folder: cache, isDerived: (file) => FILE.test(file), most: MOST_BYTES });
  const sweep = () => files.keepOnly((file) => find((FILE.exec(file)?.[1] ?? "") as SoundId) !== undefined);

  /** The text may have been deleted while it was rendered. */
  const made = ({ id, path }: PlayableSound): Promise<void> => (find(id) === undefined ? sweep() : files.made(path));

  return {
    has: (sound) => find(sound) !== undefined,
    sweep,
    async prepare(id, onWhole) {
      const found = find(id);
      if (found === undefined) return renderer.prepare(id, onWhole);
      const told =
        onWhole &&
        ((whole: PlayableSound) => {
          void made(whole);
          onWhole(whole);
        });
      const prepared = await renderer.prepareSound(found.sound, told, found.guild);
      await made(prepared);
      return prepared;
    },
  };
};
