import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from "discord.js";
import type { Sound, Trigger } from "../../catalogue/sound.ts";
import { UserError } from "../../kernel/errors.ts";
import { id, type SoundId } from "../../kernel/ids.ts";
import { escapeMarkdown } from "../../kernel/markdown.ts";
import { listed, type Say, type Text, text } from "../../kernel/text.ts";
import { FRAME_MILLIS } from "../../kernel/units.ts";
import type { UploadResult } from "../../ports/sounds.ts";
import type { AttachedFile, CommandContext, ComponentHandler, Invoker, Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { isHost } from "../hostGuard.ts";
import { strong } from "../markdown.ts";
import { formatLufs, formatTime } from "./soundCard.ts";

/** More than these are not listed one by one. */
const MAX_TIMES = 6;
const PROGRESS_STEP = 0.1;

/** What people say; anything else may be said too. */
export const LICENCES = ["my own recording", "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "with permission"] as const;

const soundManagersOnly = () =>
  new UserError(
    "not-for-you",
    text`Sounds are added and changed by those who manage this server, or have its host role. Ask one of them.`,
  );
const noFile = () => new UserError("no-file", text`There is no sound file here. Attach one, then try again.`);

/** @throws UserError for those who may not add or change sounds */
export const requireSoundManager = async (invoker: Invoker, context: CommandContext): Promise<void> => {
  const mayAdd = await isHost({ ...invoker, isManager: invoker.hasPermission("ManageGuild") }, context);
  if (!mayAdd) throw soundManagersOnly();
};

/** "2 sudden sounds at 0:41 and 1:10: softened." */
const suddenSoundsText = ({ suddenAt, softened }: UploadResult): Text => {
  const more = suddenAt.length > MAX_TIMES ? [text`${suddenAt.length - MAX_TIMES} more`] : [];
  const times = listed([...suddenAt.slice(0, MAX_TIMES).map(formatTime), ...more]);
  if (suddenAt.length === 1)
    return softened
      ? text`A sudden sound at ${times}: softened.`
      : text`A sudden sound at ${times}: kept as it is, and flagged.`;
  return softened
    ? text`${suddenAt.length} sudden sounds at ${times}: softened.`
    : text`${suddenAt.length} sudden sounds at ${times}: kept as they are, and flagged.`;
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
const uploadCard = (taken: UploadResult, say: Say, inPlace: boolean): Reply => {
  const { sound, format, inputLoudness, outputLoudness, softened, suddenAt } = taken;
  const lines = [
    say`### ${strong(sound.title)} is one of this server's sounds`,
    say`${format} · ${formatTime(sound.length * FRAME_MILLIS)} · ${formatLufs(inputLoudness)}, now ${formatLufs(outputLoudness)}`,
    ...(suddenAt.length > 0 ? [say.of(suddenSoundsText(taken))] : []),
    say`-# /play offers it. /sounds edit changes what is said of it.`,
  ];
  const display = { type: ComponentType.TextDisplay, content: lines.join("\n") } as const;
  return { components: suddenAt.length > 0 ? [display, buttons(sound.id, softened, say)] : [display], inPlace };
};

/** Takes in a file that was attached, and says what was found in it. @throws UserError */
export const addUpload = async (
  invoker: Invoker & { progress(words: string): Promise<void> },
  file: AttachedFile | undefined,
  said: {
    title?: string | undefined;
    trigger?: Trigger | undefined;
    flags: Sound["risks"];
    licence?: string | undefined;
    loop: boolean;
  },
  context: CommandContext,
): Promise<Reply> => {
  await requireSoundManager(invoker, context);
  if (file === undefined) throw noFile();
  let told = 0;
  const onProgress = (fraction: number) => {
    if (fraction < told + PROGRESS_STEP) return;
    told = fraction;
    void invoker.progress(invoker.say`Listening to ${escapeMarkdown(file.name)} … ${Math.round(fraction * 100)} %`);
  };
  const { guild, user: by } = invoker;
  const { title, trigger = "recordings", flags: risks, licence = "not said", loop } = said;
  const { url, name, size } = file;
  const wish = { guild, by, attachment: { url, name, size }, title, trigger, risks, licence, loop };
  return uploadCard(await context.uploads.add(wish, onProgress), invoker.say, false);
};

/** Keeps, softens or takes away what was found sudden. */
export const uploadDecision: ComponentHandler = {
  action: "upload",
  scope: "private",
  async run(press, context) {
    await requireSoundManager(press, context);
    const [sound = "", wish] = press.parts;
    if (wish !== "reject")
      return uploadCard(await context.uploads.reprocess(press.guild, id(sound), wish === "soften"), press.say, true);
    const { title } = await context.uploads.remove(press.guild, id(sound));
    const content = press.say`${strong(title)} is taken away again.`;
    return { components: [{ type: ComponentType.TextDisplay, content }], inPlace: true };
  },
};
