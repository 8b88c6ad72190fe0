import {
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  type Interaction,
  MessageFlags,
} from "discord.js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openPlainBot } from "./support/plainBot.ts";

const bytes = new TextEncoder().encode("so quiet");
const rain = { name: "soft rain.mp3", bytes };

const form: APIModalInteractionResponseCallbackData = {
  custom_id: "adding",
  title: "Add",
  components: [
    {
      type: ComponentType.Label,
      label: "File",
      component: { type: ComponentType.FileUpload, custom_id: "file", max_values: 2 },
    },
    {
      type: ComponentType.Label,
      label: "Trigger",
      component: {
        type: ComponentType.StringSelect,
        custom_id: "trigger",
        options: [
          { label: "Water", value: "water" },
          { label: "Fire", value: "fire" },
        ],
      },
    },
    {
      type: ComponentType.Label,
      label: "Flags",
      component: {
        type: ComponentType.CheckboxGroup,
        custom_id: "flags",
        required: false,
        options: [
          { label: "Sudden", value: "sudden" },
          { label: "Wet", value: "wet", default: true },
        ],
      },
    },
    {
      type: ComponentType.Label,
      label: "Licence",
      component: {
        type: ComponentType.RadioGroup,
        custom_id: "licence",
        options: [
          { label: "Mine", value: "own" },
          { label: "CC0", value: "cc0" },
        ],
      },
    },
  ],
};

let plain: Awaited<ReturnType<typeof openPlainBot>>;
let answer: (interaction: Interaction<"cached">) => Promise<unknown> = async () => {};
beforeAll(async () => {
  plain = await openPlainBot({
    commands: [
      {
        name: "add",
        description: "Add",
        options: [
          { type: ApplicationCommandOptionType.Attachment, name: "file", description: "A file" },
          { type: ApplicationCommandOptionType.Boolean, name: "loop", description: "Whether it loops" },
        ],
      },
      { type: ApplicationCommandType.Message, name: "Add to sounds", name_localizations: { de: "Zu den Klängen" } },
    ],
    answer: (interaction) => answer(interaction),
  });
});
afterEach(() => plain.errors.splice(0));
afterAll(() => plain.close());

test("a command brings a file, which is fetched by its address", async () => {
  answer = async (call) => {
    if (!call.isChatInputCommand()) return;
    const { name, size, contentType, url } = call.options.getAttachment("file", true);
    const text = await (await fetch(url)).text();
    await call.reply(`${name} ${size} ${contentType} ${call.options.getBoolean("loop")} ${text}`);
  };
  const ana = plain.emulator.member("ana");
  expect((await ana.slash("add", { file: rain, loop: true })).text).toBe("soft_rain.mp3 8 audio/mpeg true so quiet");
  await expect(ana.slash("add", { file: "soft rain.mp3" })).rejects.toThrow("takes a file");
  await expect(ana.slash("add", { file: { ...rain, bytes: new Uint8Array() } })).rejects.toThrow("is empty");
});

test("a message command sees the whole message, no matter who wrote it", async () => {
  answer = async (call) => {
    if (!call.isMessageContextMenuCommand()) return;
    const { content, attachments, author } = call.targetMessage;
    await call.reply(`${call.commandName}: ${content} ${attachments.first()?.name} by ${author.username}`);
  };
  const { emulator } = plain;
  const said = emulator.member("ana").send("look", { files: [rain] });
  expect(said.attachments).toMatchObject([{ name: "soft_rain.mp3", type: "audio/mpeg", bytes }]);
  const bo = emulator.member("bo");
  expect((await bo.useMessageCommand("Add to sounds", said)).text).toBe("Add to sounds: look soft_rain.mp3 by ana");
  await expect(bo.useMessageCommand("Remove", said)).rejects.toThrow(/no command "Remove"/);
  expect(() => bo.send("", { files: Array.from({ length: 11 }, () => rain) })).toThrow(/10 files/);
});

test("a form takes files, what is chosen and what is ticked, as its fields allow", async () => {
  answer = async (call) => {
    if (call.isChatInputCommand()) await call.showModal(form);
    if (!call.isModalSubmit()) return;
    const names = call.fields.getUploadedFiles("file", true).map(({ name, size }) => `${name} ${size}`);
    const trigger = call.fields.getStringSelectValues("trigger");
    const flags = call.fields.getCheckboxGroup("flags");
    await call.reply(`${names} ${trigger} ${flags} ${call.fields.getRadioGroup("licence")}`);
  };
  const ana = plain.emulator.member("ana");
  expect((await ana.slash("add")).kind).toBe("modal");
  const whole = { file: [rain], trigger: ["water"], licence: "own" };
  const wrong: [Parameters<typeof ana.submit>[1], RegExp][] = [
    [{ ...whole, file: [] }, /"file" must be filled in/],
    [{ ...whole, file: [rain, rain, rain] }, /1 to 2 values/],
    [{ ...whole, file: ["rain"] }, /takes files/],
    [{ ...whole, trigger: ["wind"] }, /no value "wind"/],
    [{ ...whole, trigger: ["water", "fire"] }, /1 to 1 values/],
    [{ ...whole, licence: "" }, /"licence" must be filled in/],
    [{ ...whole, licence: "stolen" }, /no value "stolen"/],
  ];
  for (const [fields, why] of wrong) await expect(ana.submit("adding", fields)).rejects.toThrow(why);
  expect((await ana.submit("adding", whole)).text).toBe("soft_rain.mp3 8 water wet own");
});

test("files of an answer are seen with their descriptions, in a gallery too", async () => {
  answer = async (call) => {
    if (!call.isChatInputCommand()) return;
    await call.reply({
      flags: [MessageFlags.IsComponentsV2, MessageFlags.Ephemeral],
      files: [{ attachment: Buffer.from(bytes), name: "light.webp", description: "A light that breathes" }],
      components: [
        {
          type: ComponentType.MediaGallery,
          items: [{ media: { url: "attachment://light.webp" }, description: "A light that breathes" }],
        },
      ],
    });
  };
  const { attachments, raw } = await plain.emulator.member("ana").slash("add");
  expect(attachments).toMatchObject([{ name: "light.webp", description: "A light that breathes", bytes }]);
  const [gallery] = raw.components as { items: { media: { url: string } }[] }[];
  const { url } = gallery!.items[0]!.media;
  expect(await (await fetch(url)).text()).toBe("so quiet");
  const part = async (range: string) => {
    const response = await fetch(url, { headers: { range } });
    return [response.status, response.headers.get("content-range"), await response.text()];
  };
  expect(await part("bytes=3-4")).toEqual([206, "bytes 3-4/8", "qu"]);
  expect(await part("bytes=-2")).toEqual([206, "bytes 6-7/8", "et"]);
  expect(await part("bytes=3-")).toEqual([206, "bytes 3-7/8", "quiet"]);
  expect(await part("bytes=8-")).toEqual([416, "bytes */8", ""]);
});
