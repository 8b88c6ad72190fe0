import { expect, test } from "vitest";
import { minutes } from "../../../src/kernel/units.ts";
import { guild } from "../../runtime/sessionsHarness.ts";
import { ana, bo } from "../../session/sessionFixture.ts";
import { chosenOptions } from "../../support/chosenOptions.ts";
import { openCommandHarness } from "../commandHarness.ts";

const openAsHost = async () => {
  const harness = await openCommandHarness();
  harness.appoint(ana);
  return harness;
};

/** The labels of what is chosen in the page's selects. */
test("/settings is for hosts, and says so to others", async () => {
  const harness = await openCommandHarness();
  expect((await harness.slash("settings", {}, bo)).text).toMatch(/host role/);
  expect((await harness.press("lull:settings:votes", bo)).text).toMatch(/host role/);
  expect((await harness.storage.settings.of(guild)).votes).toBe(true);
});

test("a newer release is one line on the page, where there is one", async () => {
  const harness = await openAsHost();
  expect((await harness.slash("settings")).text).not.toContain("newer version");
  harness.release("1.2.0");
  expect((await harness.slash("settings")).text).toContain("A newer version of Lull is available: 1.2.0.");
});

test("each choice of the page holds, and shows", async () => {
  const harness = await openAsHost();
  expect(chosenOptions((await harness.slash("settings")).replies)).toEqual([
    "Maximum volume: normal",
    "Fade-out: 3 min",
    "After the timer: stay silent for 10 min",
    "At the end: leave",
    "While someone is talking: 9 dB softer",
    "Language: same as Discord",
  ]);
  await harness.press("lull:settings:ceiling", ana, ["quiet"]);
  await harness.press("lull:settings:fade", ana, [String(minutes(30))]);
  await harness.press("lull:settings:end", ana, ["whisper"]);
  await harness.press("lull:settings:ducking", ana, ["0"]);
  await harness.press("lull:settings:host", ana, ["77"]);
  await harness.press("lull:settings:channel", ana, ["10"]);
  await harness.press("lull:settings:language", ana, ["ja"]);
  await harness.press("lull:settings:eyes", ana);
  const { text, replies } = await harness.press("lull:settings:votes", ana);
  expect(chosenOptions(replies)).toEqual([
    "Maximum volume: quiet",
    "Fade-out: 30 min",
    "After the timer: stay silent for 10 min",
    "At the end: continue at whisper volume",
    "While someone is talking: no change",
    "Language: 日本語",
  ]);
  expect(text.split("\n")).toEqual([...new Set(text.split("\n"))]);
  expect(await harness.storage.settings.of(guild)).toMatchObject({
    ceilingDb: -12,
    fade: minutes(30),
    timerEnd: "whisper",
    duckingDb: 0,
    hostRole: "77",
    defaultChannel: "10",
    eyesClosed: false,
    votes: false,
    language: "ja",
  });
  expect(chosenOptions((await harness.press("lull:settings:language", ana, ["discord"])).replies)).toContain(
    "Language: same as Discord",
  );
  expect((await harness.storage.settings.of(guild)).language).toBeUndefined();
  await harness.press("lull:settings:host", ana, []);
  expect((await harness.storage.settings.of(guild)).hostRole).toBeUndefined();
});

test("a value that the page does not offer changes nothing", async () => {
  const harness = await openAsHost();
  const before = await harness.storage.settings.of(guild);
  for (const [key, value] of [
    ["ceiling", "deafening"],
    ["fade", "1e309"],
    ["end", "explode"],
    ["ducking", "-40"],
    ["language", "klingon"],
  ] as const)
    await harness.press(`lull:settings:${key}`, ana, [value]);
  expect(await harness.storage.settings.of(guild)).toEqual(before);
});

test("a room that plays goes by the new settings at once", async () => {
  const harness = await openAsHost();
  await harness.slash("play", { sound: "rain-window" });
  await harness.press("lull:settings:ceiling", ana, ["soft"]);
  expect(harness.view()?.volume).toBe("soft");
});

test("the quiet hours are written into a form; what cannot be is named, and nothing changes", async () => {
  const harness = await openAsHost();
  const { replies } = await harness.press("lull:settings:quiet", ana);
  expect(replies[0]).toMatchObject({ modal: { customId: "lull:settings-quiet", title: "Quiet hours" } });
  const good = { from: "22:30", to: "7:00", zone: "europe/berlin", timer: "45m", softer: "6" };
  expect((await harness.submit("lull:settings-quiet", good)).text).toContain("22:30 to 07:00 (Europe/Berlin)");
  const quiet = { from: 1350, to: 420, timeZone: "Europe/Berlin", timer: minutes(45), softerBy: 6 };
  expect((await harness.storage.settings.of(guild)).quiet).toEqual(quiet);
  for (const bad of [
    { from: "25:00" },
    { zone: "+25:00" },
    { zone: "Mars/Olympus" },
    { timer: "-1" },
    { softer: "99" },
    { to: "22:30" },
  ])
    expect((await harness.submit("lull:settings-quiet", { ...good, ...bad })).text).not.toContain("###");
  expect((await harness.storage.settings.of(guild)).quiet).toEqual(quiet);
  await harness.press("lull:settings:no-quiet", ana);
  expect((await harness.storage.settings.of(guild)).quiet).toBeUndefined();
});

test("a form that is refused can be opened again as it was filled in, by the member who did", async () => {
  const harness = await openAsHost();
  const typed = { from: "22:30", to: "late", zone: "Europe/Berlin", timer: "45m", softer: "6" };
  const refused = await harness.submit("lull:settings-quiet", typed);
  expect(refused.text).toMatch(/end time.*7:00/);
  const [, again = ""] = /"custom_id":"(lull:form-again:[^"]+)"/.exec(JSON.stringify(refused.replies)) ?? [];
  const values = (replies: unknown) =>
    [...JSON.stringify(replies).matchAll(/"value":"([^"]*)"/g)].map(([, own]) => own);
  expect(values((await harness.press(again)).replies)).toEqual(Object.values(typed));
  expect((await harness.press(again, bo)).text).toMatch(/no longer works/);
  expect((await harness.press("lull:form-again:0123456789ab")).text).toMatch(/no longer works/);
  expect((await harness.submit("lull:settings-quiet", { ...typed, to: "7:00" })).text).toContain("22:30 to 07:00");
});

test("who may not submit a form is not offered it again", async () => {
  const harness = await openAsHost();
  expect(JSON.stringify((await harness.submit("lull:settings-quiet", {}, bo)).replies)).not.toContain("form-again");
});

test("every form can be offered again with what was chosen in it", async () => {
  const harness = await openAsHost();
  const design = await harness.submit("lull:evening-design", { name: "Long night", settle: "water", minutes: "90" });
  const sounds = await harness.submit("lull:sounds-add", { title: "Attic", trigger: "rain", flags: ["wet"] });
  for (const [{ replies }, chosen] of [
    [design, ["Long night", "water", "90"]],
    [sounds, ["Attic", "rain", "wet"]],
  ] as const) {
    const [, again = ""] = /"custom_id":"(lull:form-again:[^"]+)"/.exec(JSON.stringify(replies)) ?? [];
    const reopened = JSON.stringify((await harness.press(again)).replies);
    const [name, ...selected] = chosen;
    expect(reopened).toContain(`"value":"${name}"`);
    for (const value of selected) expect(reopened).toContain(`"value":"${value}","default":true`);
  }
});

test("votes: who did not queue it is told how many it takes", async () => {
  const harness = await openCommandHarness();
  await harness.slash("play", { sound: "rain-window" });
  await harness.slash("play", { sound: "ocean" });
  const cy = "300" as typeof bo;
  for (const user of [bo, cy]) harness.sit(user, harness.view()!.channel);
  harness.seat(ana, bo, cy);
  expect((await harness.slash("skip", {}, bo)).text).toContain("1 of 2 votes");
  expect((await harness.slash("skip", {}, cy)).text).toContain("Slow Shore");
});
