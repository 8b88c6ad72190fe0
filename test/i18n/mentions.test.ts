import { expect, test } from "vitest";
import { translations } from "../../src/i18n/catalogue.ts";
import { mentioning } from "../../src/i18n/mentions.ts";

const mention = mentioning(translations.get("de")!.commands);

test("commands are named as Discord shows them, and set apart from the words around them", () => {
  expect(mention("Beginne mit /play.")).toBe("Beginne mit `/abspielen`.");
  expect(mention("/play und dann /queue show zeigt es.")).toBe(
    "`/abspielen` und dann `/warteschlange zeigen` zeigt es.",
  );
  expect(mention("Stell einen, etwa /sleep in 30m.")).toBe("Stell einen, etwa `/einschlafen in 30m`.");
});

test("what is set apart already stays so, and an address is no command", () => {
  expect(mention("`/sleep me aus` nimmt es zurück; `/queue`.")).toBe(
    "`/einschlafen ich aus` nimmt es zurück; `/warteschlange`.",
  );
  expect(mention("<https://doi.org/play/stop> und/oder")).toBe("<https://doi.org/play/stop> und/oder");
  expect(mention("Tippe noch einmal /, um zu sehen.")).toBe("Tippe noch einmal /, um zu sehen.");
});
