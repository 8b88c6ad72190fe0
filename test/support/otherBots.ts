import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import prism from "prism-media";
import type { Packet } from "../../src/audio/format.ts";
import { readStoredSound, writeStoredSound } from "../../src/audio/storedSound.ts";
import { rawText } from "../../src/kernel/memberText.ts";

/** The packets of a file, and its comments as text, as prism-media reads them: as any other Discord bot does. */
const readByPrism = async (path: string) => {
  const demuxer = createReadStream(path).pipe(new prism.opus.OggDemuxer());
  const comments: Buffer[] = [];
  demuxer.on("tags", (comment: Buffer) => comments.push(comment));
  const packets: Buffer[] = [];
  for await (const packet of demuxer) packets.push(packet);
  return { packets, comments: Buffer.concat(comments).toString("utf8") };
};

/**
 * What another bot would do otherwise than Lull with a file of Lull's: nothing, if all is well.
 * @param path an Ogg Opus file that Lull has written
 */
export const differencesForOtherBots = async (path: string): Promise<readonly string[]> => {
  const [theirs, ours] = [await readByPrism(path), readStoredSound(path)];
  const differing = ours.packets.findIndex((packet, index) => !theirs.packets[index]?.equals(packet));
  return [
    ...(theirs.packets.length === ours.length ? [] : [`${theirs.packets.length} packets, not ${ours.length}`]),
    ...(differing < 0 ? [] : [`packet ${differing} differs`]),
    ...(theirs.comments.includes(`TITLE=${rawText(ours.title ?? "")}`) ? [] : ["the title is not read"]),
  ];
};

/** The same of a sound that is not in a file yet: it is written as `renderFile` writes it. */
export const differencesOfRendered = async (title: string, packets: readonly Packet[]): Promise<readonly string[]> => {
  const directory = mkdtempSync(join(tmpdir(), "lull-prism-"));
  const path = join(directory, "sound.opus");
  const sound = { packets, keyframeInterval: 50, title, licence: "CC0-1.0", loudness: -32 };
  writeFileSync(path, Buffer.concat([...writeStoredSound(sound, 1)]));
  const differences = await differencesForOtherBots(path);
  rmSync(directory, { recursive: true });
  return differences;
};
