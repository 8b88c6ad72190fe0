import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from "discord.js";
import type { Sound, Trigger } from "../../catalogue/sound.ts";
import { listed, type Message, message } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import { UserError } from "../../kernel/errors.ts";
import { id, type SoundId } from "../../kernel/ids.ts";
import { escapeMarkdown } from "../../kernel/markdown.ts";
import type { MemberText } from "../../kernel/memberText.ts";
import { FRAME_MILLIS } from "../../kernel/units.ts";
import type { SourceRequest, UploadRequest, UploadResult } from "../../ports/sounds.ts";
import type { AttachedFile, CommandContext, ComponentHandler, Invoker, Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { hasHostRole } from "../hostGuard.ts";
import { strong } from "../markdown.ts";
import { formatLufs, formatTime } from "./soundCard.ts";

/** More than this many are not listed one by one. */
const MAX_TIMES = 6;
const PROGRESS_STEP = 0.1;

/** Common answers; anything else is accepted too. */
export const LICENCES = ["my own recording", "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "with permission"] as const;

const soundManagersOnly = () => new UserError("not-for-you", message("sounds.onlyHostsChange"));
const noFile = () => new UserError("no-file", message("sounds.noFileAttached"));

/** @throws UserError when the invoker may not add or change sounds */
export const requireSoundManager = async (invoker: Invoker, context: CommandContext): Promise<void> => {
  if (!invoker.hasGuildPermission("ManageGuild") && !(await hasHostRole(invoker, context))) throw soundManagersOnly();
};

/** "Softened 2 sudden sounds at 0:41 and 1:10." */
const suddenSoundsText = ({ suddenAt, softened }: UploadResult): Message => {
  const more = suddenAt.length > MAX_TIMES ? [message("sounds.moreTimes", { count: suddenAt.length - MAX_TIMES })] : [];
  const times = listed([...suddenAt.slice(0, MAX_TIMES).map(formatTime), ...more]);
  return softened
    ? message("sounds.suddenSoftened", { count: suddenAt.length, times })
    : message("sounds.suddenKept", { count: suddenAt.length, times });
};

const buttons = (sound: SoundId, softened: boolean, say: Say): APIMessageTopLevelComponent => ({
  type: ComponentType.ActionRow,
  components: [
    [softened ? say("sounds.softened") : say("sounds.soften"), "soften", softened, ButtonStyle.Secondary] as const,
    [
      softened ? say("sounds.keepUnsoftened") : say("sounds.keptUnsoftened"),
      "keep",
      !softened,
      ButtonStyle.Secondary,
    ] as const,
    [say("sounds.deleteUpload"), "reject", false, ButtonStyle.Danger] as const,
  ].map(([label, decision, disabled, style]) => ({
    type: ComponentType.Button,
    style,
    label,
    disabled,
    custom_id: customId("upload", sound, decision),
  })),
});

/** What was found in a recording, with buttons to decide what happens. */
const uploadCard = (taken: UploadResult, say: Say, inPlace: boolean): Reply => {
  const { sound, format, inputLoudness, outputLoudness, softened, suddenAt } = taken;
  const lines = [
    say("sounds.addedHeading", { title: strong(sound.title) }),
    say("sounds.recordingFacts", {
      format,
      length: formatTime(sound.length * FRAME_MILLIS),
      measured: formatLufs(inputLoudness),
      adjusted: formatLufs(outputLoudness),
    }),
    ...(suddenAt.length > 0 ? [say.of(suddenSoundsText(taken))] : []),
    say("sounds.addedNextSteps"),
  ];
  const display = { type: ComponentType.TextDisplay, content: lines.join("\n") } as const;
  return { components: suddenAt.length > 0 ? [display, buttons(sound.id, softened, say)] : [display], inPlace };
};

const recordingOf = (file: AttachedFile | SourceRequest): UploadRequest["recording"] => {
  if ("source" in file) return file;
  const { url, name, title, size } = file;
  return { url, name, title, size };
};

/**
 * Imports an attached file, or one from where it is, and says what was found in it.
 * @throws UserError when it can't be used
 */
export const addUpload = async (
  invoker: Invoker & { progress(words: string): Promise<void> },
  file: AttachedFile | SourceRequest | undefined,
  said: {
    title?: MemberText | undefined;
    trigger?: Trigger | undefined;
    flags: Sound["risks"];
    licence?: string | undefined;
    loop: boolean;
  },
  context: CommandContext,
): Promise<Reply> => {
  await requireSoundManager(invoker, context);
  if (file === undefined) throw noFile();
  const named = escapeMarkdown("source" in file ? file.source : file.name);
  let shown = 0;
  const onProgress = (fraction: number) => {
    if (fraction < shown + PROGRESS_STEP) return;
    shown = fraction;
    void invoker.progress(invoker.say("sounds.checkingFile", { file: named, percent: Math.round(fraction * 100) }));
  };
  const { guild, user: by } = invoker;
  const { title, trigger = "recordings", flags: risks, licence, loop } = said;
  const request = { guild, by, recording: recordingOf(file), title, trigger, risks, licence, loop };
  return uploadCard(await context.uploads.add(request, onProgress), invoker.say, false);
};

/** Restores or softens sudden sounds, or deletes the recording. */
export const uploadDecision: ComponentHandler = {
  action: "upload",
  scope: "private",
  async run(press, context) {
    await requireSoundManager(press, context);
    const [sound = "", decision] = press.parts;
    if (decision !== "reject")
      return uploadCard(
        await context.uploads.reprocess(press.guild, id(sound), decision === "soften"),
        press.say,
        true,
      );
    const { title } = await context.uploads.remove(press.guild, id(sound));
    const content = press.say("sounds.deletedUpload", { title: strong(title) });
    return { components: [{ type: ComponentType.TextDisplay, content }], inPlace: true };
  },
};
