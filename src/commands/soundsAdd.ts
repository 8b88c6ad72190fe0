import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from "discord.js";
import type { TakenIn } from "../host/libraryPorts.ts";
import { UserError } from "../kernel/errors.ts";
import { id, type SoundId } from "../kernel/ids.ts";
import { shown } from "../kernel/markdown.ts";
import { listed, type Say, type Text, text } from "../kernel/text.ts";
import { FRAME_MILLIS } from "../kernel/units.ts";
import type { Sound, Trigger } from "../library/sound.ts";
import type { Asker, Control, GivenFile, House, Reply } from "./command.ts";
import { customId } from "./customId.ts";
import { isHost } from "./hosts.ts";
import { strong } from "./markdown.ts";
import { clock, lufs } from "./soundCard.ts";

/** More than these are not listed one by one. */
const MOST_TIMES = 6;
const PROGRESS_EVERY = 0.1;

/** What people say; anything else may be said too. */
export const LICENCES = ["my own recording", "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "with permission"] as const;

const notForYou = () =>
  new UserError(
    "not-for-you",
    text`Sounds are added and changed by those who manage this server, or have its host role. Ask one of them.`,
  );
const noFile = () => new UserError("no-file", text`There is no sound file here. Attach one, then try again.`);

/** @throws UserError for those who may not add or change sounds */
export const mustAdd = async (asker: Asker, house: House): Promise<void> => {
  const mayAdd = await isHost({ ...asker, manages: asker.may("ManageGuild") }, house);
  if (!mayAdd) throw notForYou();
};

/** "2 sudden sounds at 0:41 and 1:10: softened." */
const suddenOnes = ({ sudden, softened }: TakenIn): Text => {
  const more = sudden.length > MOST_TIMES ? [text`${sudden.length - MOST_TIMES} more`] : [];
  const times = listed([...sudden.slice(0, MOST_TIMES).map(clock), ...more]);
  if (sudden.length === 1)
    return softened
      ? text`A sudden sound at ${times}: softened.`
      : text`A sudden sound at ${times}: kept as it is, and flagged.`;
  return softened
    ? text`${sudden.length} sudden sounds at ${times}: softened.`
    : text`${sudden.length} sudden sounds at ${times}: kept as they are, and flagged.`;
};

const buttons = (sound: SoundId, softened: boolean, say: Say): APIMessageTopLevelComponent => ({
  type: ComponentType.ActionRow,
  components: [
    [softened ? say`Softened` : say`Soften`, "soften", softened, ButtonStyle.Secondary] as const,
    [softened ? say`Keep as they are` : say`Kept as they are`, "keep", !softened, ButtonStyle.Secondary] as const,
    [say`Take it away`, "reject", false, ButtonStyle.Danger] as const,
  ].map(([label, wish, disabled, style]) => ({
    type: ComponentType.Button,
    style,
    label,
    disabled,
    custom_id: customId("upload", sound, wish),
  })),
});

/** What was found, and what can be done about it. */
const card = (taken: TakenIn, say: Say, inPlace: boolean): Reply => {
  const { sound, kind, loudness, level, softened, sudden } = taken;
  const lines = [
    say`### ${strong(sound.title)} is one of this server's sounds`,
    say`${kind} · ${clock(sound.length * FRAME_MILLIS)} · ${lufs(loudness)}, now ${lufs(level)}`,
    ...(sudden.length > 0 ? [say.of(suddenOnes(taken))] : []),
    say`-# /play offers it. /sounds edit changes what is said of it.`,
  ];
  const display = { type: ComponentType.TextDisplay, content: lines.join("\n") } as const;
  return { components: sudden.length > 0 ? [display, buttons(sound.id, softened, say)] : [display], inPlace };
};

/** Takes in a file that was attached, and says what was found in it. @throws UserError */
export const takeIn = async (
  asker: Asker & { progress(words: string): Promise<void> },
  file: GivenFile | undefined,
  said: {
    title?: string | undefined;
    trigger?: Trigger | undefined;
    flags: Sound["risks"];
    licence?: string | undefined;
    loop: boolean;
  },
  house: House,
): Promise<Reply> => {
  await mustAdd(asker, house);
  if (file === undefined) throw noFile();
  let told = 0;
  const onProgress = (fraction: number) => {
    if (fraction < told + PROGRESS_EVERY) return;
    told = fraction;
    void asker.progress(asker.say`Listening to ${shown(file.name)} … ${Math.round(fraction * 100)} %`);
  };
  const { guild, user: by } = asker;
  const { title, trigger = "recordings", flags: risks, licence = "not said", loop } = said;
  const { url, name, size } = file;
  const wish = { guild, by, attachment: { url, name, size }, title, trigger, risks, licence, loop };
  return card(await house.uploads.add(wish, onProgress), asker.say, false);
};

/** Keeps, softens or takes away what was found sudden. */
export const uploadDecided: Control = {
  action: "upload",
  of: "member",
  async run(press, house) {
    await mustAdd(press, house);
    const [sound = "", wish] = press.parts;
    if (wish !== "reject")
      return card(await house.uploads.remake(press.guild, id(sound), wish === "soften"), press.say, true);
    const { title } = await house.uploads.remove(press.guild, id(sound));
    const content = press.say`${strong(title)} is taken away again.`;
    return { components: [{ type: ComponentType.TextDisplay, content }], inPlace: true };
  },
};
