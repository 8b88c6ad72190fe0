import { buffer } from "node:stream/consumers";
import yazl from "yazl";
import { KEYFRAME_INTERVAL } from "../../audio/format.ts";
import { loadStoredSound, writeStoredSound } from "../../audio/storedSound.ts";
import { PACK_MANIFEST, type Pack, type PackSound, parsePack } from "../../catalogue/pack.ts";
import { type MemberText, rawText } from "../../kernel/memberText.ts";
import { slug } from "../../kernel/names.ts";
import type { ExportedPack, GuildSound, PackRequest } from "../../ports/sounds.ts";

/** What members call the licences under which a sound may be passed on. */
const LICENCES: readonly (readonly [RegExp, Pack["licence"]])[] = [
  [/^cc0\b|^public domain$/i, "CC0-1.0"],
  [/^cc[- ]by[- ]3\.0$/i, "CC-BY-3.0"],
  [/^cc[- ]by([- ]4\.0)?$/i, "CC-BY-4.0"],
  [/^(own|my own recording)$/i, "own"],
];

/** @returns undefined for a licence under which it may not be passed on, or that is not known */
const licenceOf = (licence: MemberText): Pack["licence"] | undefined =>
  LICENCES.find(([words]) => words.test(rawText(licence).trim()))?.[1];

/** A file of the pack; what is heard once ends where it did. */
const bytesOf = async (path: string, { title, licence }: GuildSound) => {
  const { packets, bedFrom, loudness = -30 } = await loadStoredSound(path);
  const sound = { packets: packets.slice(0, bedFrom), keyframeInterval: KEYFRAME_INTERVAL, title, licence, loudness };
  const bytes = Buffer.concat([...writeStoredSound(sound, 1)]);
  return { bytes, loudness, ends: bedFrom !== undefined };
};

/** For what the zip says of each file beside its bytes. */
const BESIDE = 1_000;

/**
 * Packs sounds of a guild, in the order given, as long as there is room.
 * @param pathOf the file of a sound; may reject where there is none
 * @param most bytes of the zip
 */
export const exportPack = async (
  sounds: readonly GuildSound[],
  { name, authors, most }: Pick<PackRequest, "name" | "authors" | "most">,
  pathOf: (sound: GuildSound) => Promise<string>,
): Promise<ExportedPack> => {
  const zip = new yazl.ZipFile();
  const listed: PackSound[] = [];
  const [unlicensed, noRoom]: [GuildSound[], GuildSound[]] = [[], []];
  let room = most - 2 * BESIDE;
  for (const sound of sounds) {
    const licence = licenceOf(sound.licence);
    if (licence === undefined) {
      unlicensed.push(sound);
      continue;
    }
    if (sound.bytes + BESIDE > room) {
      noRoom.push(sound);
      continue;
    }
    const { bytes, loudness, ends } = await bytesOf(await pathOf(sound), sound);
    room -= bytes.length + BESIDE;
    const file = `${slug(rawText(sound.title)) || "sound"}-${listed.length + 1}.opus`;
    zip.addBuffer(bytes, file, { compress: false });
    listed.push({
      file,
      title: rawText(sound.title),
      trigger: sound.trigger,
      flags: [...sound.risks],
      licence,
      loudness: Math.max(-70, Math.min(0, Math.round(loudness * 10) / 10)),
      ...(ends && { ends }),
    });
  }
  if (listed.length === 0) return { zip: undefined, packed: 0, unlicensed, noRoom };
  const [first] = listed;
  const manifest = JSON.stringify({ format: 1, name, authors, licence: first?.licence, sounds: listed }, undefined, 2);
  parsePack(manifest);
  zip.addBuffer(Buffer.from(manifest), PACK_MANIFEST);
  zip.end();
  return { zip: await buffer(zip.outputStream), packed: listed.length, unlicensed, noRoom };
};
