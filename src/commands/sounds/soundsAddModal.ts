import {
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  ComponentType,
  ContextMenuCommandBuilder,
} from "discord.js";
import { RISKS, TRIGGERS } from "../../catalogue/sound.ts";
import type { Say } from "../../i18n/say.ts";
import { rawText } from "../../kernel/memberText.ts";
import type { AttachedFile, FormValues, MessageCommand, Modal, ModalHandler } from "../command.ts";
import { customId } from "../customId.ts";
import { addUpload, LICENCES, requireSoundManager } from "./soundsAdd.ts";

type Fields = APIModalInteractionResponseCallbackData["components"];

const UNFILLED: FormValues = () => [];

const select = (name: string, values: readonly string[], most: number, say: Say, chosen: readonly string[]) =>
  ({
    type: ComponentType.StringSelect,
    custom_id: name,
    min_values: 0,
    max_values: most,
    required: false,
    options: values.map((value) => ({ label: say.word(value), value, default: chosen.includes(value) })),
  }) as const;

const fields = (say: Say, filled: FormValues): Fields => [
  {
    type: ComponentType.Label,
    label: say("sounds.formRecording"),
    description: say("sounds.formRecordingHint"),
    component: { type: ComponentType.FileUpload, custom_id: "file", min_values: 1, max_values: 1, required: true },
  },
  {
    type: ComponentType.Label,
    label: say("sounds.formTitle"),
    description: say("sounds.formTitleHint"),
    component: {
      type: ComponentType.TextInput,
      custom_id: "title",
      style: 1,
      max_length: 80,
      required: false,
      ...(filled("title")[0] && { value: filled("title")[0] }),
    },
  },
  {
    type: ComponentType.Label,
    label: say("sounds.formKind"),
    description: say("sounds.formKindHint"),
    component: select("trigger", TRIGGERS, 1, say, filled("trigger")),
  },
  {
    type: ComponentType.Label,
    label: say("sounds.formContentWarnings"),
    description: say("sounds.formContentWarningsHint"),
    component: select("flags", RISKS, RISKS.length, say, filled("flags")),
  },
  {
    type: ComponentType.Label,
    label: say("sounds.formLicence"),
    description: say("sounds.formLicenceHint"),
    component: select("licence", LICENCES, 1, say, filled("licence")),
  },
];

/**
 * The modal that asks for a recording and its details.
 * @param filled what it is filled in with, but for the file: Discord has no place for one
 */
export const soundsAddModal = (say: Say, filled = UNFILLED): Modal => ({
  customId: customId("sounds-add"),
  title: say("sounds.formAddTitle"),
  components: fields(say, filled),
});

/** Imports the recording that was submitted. */
export const soundsAddSubmitted: ModalHandler = {
  action: "sounds-add",
  async filledIn(submission, context) {
    await requireSoundManager(submission, context);
    return soundsAddModal(submission.say, submission.values);
  },
  run: (submission, context) => {
    const { values, files } = submission;
    const [[title], [trigger], [licence]] = [values("title"), values("trigger"), values("licence")];
    const said = {
      title,
      trigger: TRIGGERS.find((one) => one === trigger),
      flags: RISKS.filter((risk) => values("flags").includes(risk)),
      licence,
      loop: true,
    };
    return addUpload(submission, files("file")[0], said, context);
  },
};

/**
 * Whether the claimed content type or the name suggests audio; the file's own bytes decide later.
 */
const looksLikeSound = ({ name, contentType }: AttachedFile): boolean =>
  /^(audio|video)\//.test(contentType ?? "") || /\.(wav|mp3|flac|og[ga]|opus|m4a|aac|aiff?|webm)$/i.test(rawText(name));

/** In the menu of a message with a recording: adds it to the guild's sounds. */
export const addToSounds: MessageCommand = {
  definition: new ContextMenuCommandBuilder().setName("Add to sounds").setType(ApplicationCommandType.Message),
  async run(call, context) {
    await requireSoundManager(call, context);
    const { files } = call.message;
    return addUpload(call, files.find(looksLikeSound) ?? files[0], { flags: [], loop: true }, context);
  },
};
