import {
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  Events,
  type Interaction,
  MessageFlags,
} from "discord.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPage, type Page } from "../src/page/pageServer.ts";
import { findChromium } from "./support/chromium.ts";
import { openPageDriver, type PageDriver } from "./support/pageDriver.ts";
import { openPlainBot } from "./support/plainBot.ts";

const rain = { name: "rain.mp3", mimeType: "audio/mpeg", buffer: Buffer.from("so quiet") };
/** One transparent dot. */
const DOT = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

const form: APIModalInteractionResponseCallbackData = {
  custom_id: "adding",
  title: "Add a sound",
  components: [
    {
      type: ComponentType.Label,
      label: "File",
      component: { type: ComponentType.FileUpload, custom_id: "file" },
    },
    {
      type: ComponentType.Label,
      label: "Trigger",
      component: {
        type: ComponentType.StringSelect,
        custom_id: "trigger",
        options: ["water", "fire"].map((value) => ({ label: value, value })),
      },
    },
    {
      type: ComponentType.Label,
      label: "Licence",
      component: {
        type: ComponentType.RadioGroup,
        custom_id: "licence",
        options: ["own", "cc0"].map((value) => ({ label: value, value })),
      },
    },
    {
      type: ComponentType.Label,
      label: "Loop it",
      component: { type: ComponentType.Checkbox, custom_id: "loop" },
    },
  ],
};

const answer = async (call: Interaction<"cached">) => {
  if (call.isMessageContextMenuCommand()) {
    return call.reply(`${call.targetMessage.attachments.first()?.name} is added, in ${call.locale}`);
  }
  if (call.isModalSubmit()) {
    const { fields } = call;
    const [file] = fields.getUploadedFiles("file", true).values();
    const words = await (await fetch(file!.url)).text();
    const chosen = [
      fields.getStringSelectValues("trigger"),
      fields.getRadioGroup("licence"),
      fields.getCheckbox("loop"),
    ];
    return call.reply({ content: `${file!.name}: ${words}, ${chosen.join(", ")}`, flags: MessageFlags.Ephemeral });
  }
  if (!call.isChatInputCommand()) return undefined;
  if (call.commandName === "add") return call.showModal(form);
  if (call.commandName === "hear") return call.reply(`heard ${call.options.getAttachment("file", true).name}`);
  return call.reply({ files: [{ attachment: DOT, name: "light.gif", description: "A light that breathes" }] });
};

describe.skipIf(findChromium() === undefined)("files on the page in Chromium", () => {
  let plain: Awaited<ReturnType<typeof openPlainBot>>;
  let page: Page;
  let driver: PageDriver;
  beforeAll(async () => {
    plain = await openPlainBot({
      commands: [
        { name: "add", description: "Add a sound" },
        { name: "look", description: "Look", name_localizations: { de: "schau" } },
        {
          name: "hear",
          description: "Hear a file",
          options: [
            { type: ApplicationCommandOptionType.Attachment, name: "file", description: "A file", required: true },
          ],
        },
        { type: ApplicationCommandType.Message, name: "Add to sounds" },
      ],
      answer,
    });
    page = await openPage({ emulator: plain.emulator, port: 0 });
    driver = await openPageDriver(page.address);
  });
  afterAll(async () => {
    await driver?.close();
    await page?.close();
    await plain?.close();
  });
  const at = () => driver.page;

  test("a form takes a file, a choice and a tick", async () => {
    await driver.command("add");
    const dialog = at().getByRole("dialog", { name: "Add a sound" });
    await dialog.getByLabel("File").setInputFiles(rain);
    await dialog.getByLabel("Trigger").selectOption("fire");
    await dialog.getByRole("radio", { name: "cc0" }).check();
    await dialog.getByLabel("Loop it").check();
    await dialog.getByRole("button", { name: "Submit" }).click();
    await driver.message("rain.mp3: so quiet, fire, cc0, true");
  });

  test("a command takes a file", async () => {
    await at().locator("#draft").click();
    await at().keyboard.type("/hear ", { delay: 10 });
    const field = at().getByLabel("file", { exact: true });
    await field.setInputFiles(rain);
    await expect.poll(() => field.getAttribute("aria-busy")).toBe("false");
    await at().getByRole("button", { name: "Send", exact: true }).click();
    const heard = await driver.message("heard rain.mp3");
    expect(await heard.innerText()).toContain("You used /hear");
  });

  test("a message's menu offers the bot's commands to the keyboard, and the visitor's language goes with them", async () => {
    await at().getByLabel("Your language").selectOption("de");
    await at().getByLabel("Datei anhängen").setInputFiles(rain);
    const sent = await driver.message("rain.mp3");
    await expect.poll(() => sent.getByRole("link", { name: "rain.mp3" }).count()).toBe(1);
    await sent.locator(".menu > button").focus();
    await at().keyboard.press("Enter");
    await sent.getByRole("button", { name: "Add to sounds" }).press("Enter");
    const added = await driver.message("rain.mp3 is added, in de");
    expect(await added.innerText()).toContain("Du hast benutzt: Add to sounds");
    await at().getByLabel("Deine Sprache").selectOption("en-US");
  });

  test("a moving picture has its words, and waits for those who want no motion", async () => {
    await at().emulateMedia({ reducedMotion: "reduce" });
    await driver.command("look");
    const show = at().getByRole("button", { name: "Show the moving picture" });
    await show.waitFor();
    expect(await at().getByAltText("A light that breathes").count()).toBe(0);
    await show.click();
    await at().getByAltText("A light that breathes").waitFor();
  });

  test("an emoji is sent to the voice channel", async () => {
    const effects: (string | null | undefined)[] = [];
    plain.client.on(Events.VoiceChannelEffectSend, ({ emoji }) => effects.push(emoji?.name));
    await driver.join("lounge");
    await at().getByRole("button", { name: "Wave" }).click();
    await expect.poll(() => effects).toEqual(["👋"]);
    await driver.leave();
  });

  test("a browser that is set to German has German commands from the beginning, and keeps what is chosen", async () => {
    const german = await openPageDriver(page.address, { locale: "de-DE" });
    const language = german.page.getByLabel("Deine Sprache");
    await expect.poll(() => language.inputValue()).toBe("de");
    const before = (await german.messages()).length;
    await german.command("schau");
    await expect.poll(async () => (await german.messages()).length).toBe(before + 1);
    await language.selectOption("fr");
    await german.page.reload();
    await expect.poll(() => german.page.getByLabel("Ta langue").inputValue()).toBe("fr");
    expect(german.complaints).toEqual([]);
    await german.close();
  });

  test("files are taken from this page alone", async () => {
    const body = new Blob(["x"]);
    const foreign = { method: "POST", body, headers: { origin: "http://elsewhere.example" } };
    expect((await fetch(`${page.address}/files?name=a.mp3`, foreign)).status).toBe(403);
    expect((await fetch(`${page.address}/files?name=a.mp3`, { method: "POST", body })).status).toBe(405);
    expect(driver.complaints).toEqual([]);
    expect(plain.errors).toEqual([]);
  });
});
