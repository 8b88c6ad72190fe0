import {
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  ComponentType,
  ContextMenuCommandBuilder,
} from "discord.js";
import { RISKS, TRIGGERS } from "../../catalogue/sound.ts";
import type { Say } from "../../kernel/text.ts";
import type { AttachedFile, MessageCommand, Modal, ModalHandler } from "../command.ts";
import { customId } from "../customId.ts";
import { addUpload, LICENCES, requireSoundManager } from "./soundsAdd.ts";

type Fields = APIModalInteractionResponseCallbackData["components"];

const select = (name: string, values: readonly string[], most: number, say: Say) =>
  ({
    type: ComponentType.StringSelect,
    custom_id: name,
    min_values: 0,
    max_values: most,
    required: false,
    options: values.map((value) => ({ label: say.word(value), value })),
  }) as const;

const fields = (say: Say): Fields => [
  {
    type: ComponentType.Label,
    label: say`Recording`,
    description: say`WAV, MP3, FLAC, Ogg, Opus, M4A, AIFF or WebM, of 25 MB at most`,
    component: { type: ComponentType.FileUpload, custom_id: "file", min_values: 1, max_values: 1, required: true },
  },
  {
    type: ComponentType.Label,
    label: say`Title`,
    description: say`The file's name, when you leave it empty`,
    component: { type: ComponentType.TextInput, custom_id: "title", style: 1, max_length: 80, required: false },
  },
  { type: ComponentType.Label, label: say`Kind of sound`, component: select("trigger", TRIGGERS, 1, say) },
  {
    type: ComponentType.Label,
    label: say`What some ears cannot bear in it`,
    component: select("flags", RISKS, RISKS.length, say),
  },
  {
    type: ComponentType.Label,
    label: say`What allows it to be played here`,
    component: select("licence", LICENCES, 1, say),
  },
];

/** Asks for a recording and what is to be said of it. */
export const soundsAddModal = (say: Say): Modal => ({
  customId: customId("sounds-add"),
  title: say`Add a recording`,
  components: fields(say),
});

export const soundsAddSubmitted: ModalHandler = {
  action: "sounds-add",
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

/** What a sender's word, or a name, says is a sound; its own bytes decide later. */
const looksLikeSound = ({ name, contentType }: AttachedFile): boolean =>
  /^(audio|video)\//.test(contentType ?? "") || /\.(wav|mp3|flac|og[ga]|opus|m4a|aac|aiff?|webm)$/i.test(name);

/** In the menu of a message to which a recording is attached. */
export const addToSounds: MessageCommand = {
  definition: new ContextMenuCommandBuilder().setName("Add to sounds").setType(ApplicationCommandType.Message),
  async run(call, context) {
    await requireSoundManager(call, context);
    const { files } = call.message;
    return addUpload(call, files.find(looksLikeSound) ?? files[0], { flags: [], loop: true }, context);
  },
};
