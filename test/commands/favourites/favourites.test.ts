import { expect, test } from "vitest";
import { ana, bo, lounge } from "../../session/sessionFixture.ts";
import { openCommandHarness, SOUNDS } from "../commandHarness.ts";

test("what plays now becomes a favourite under its title", async () => {
  const harness = await openCommandHarness();
  expect((await harness.slash("favourites add")).text).toContain("/play");
  await harness.slash("play", { sound: "ocean" });
  expect((await harness.slash("favourites add")).text).toContain("Added **Slow Shore** to favourites");
  expect((await harness.slash("favourites add")).text).toContain("already");
});

test("favourites are listed, renamed, moved, played and removed by name", async () => {
  const harness = await openCommandHarness();
  for (const { id } of SOUNDS) await harness.slash("favourites add", { sound: id });
  expect((await harness.slash("favourites rename", { name: "Hearth", to: "The hut" })).text).toBe(
    "Renamed **Hearth** to **The hut**.",
  );
  expect((await harness.slash("favourites move", { name: "the hut", position: 1 })).text).toBe(
    "**The hut** is now number 1.",
  );
  expect((await harness.slash("favourites remove", { name: "Haircut" })).text).toContain(
    "Removed **Haircut** from favourites",
  );
  expect((await harness.slash("favourites restore")).text).toBe("One favourite is back: **Haircut**.");
  expect((await harness.slash("favourites restore")).text).toMatch(/No favourites were removed in the last week/);
  await harness.slash("favourites remove", { name: "Haircut" });
  const { text } = await harness.slash("favourites list");
  expect(text).toContain("1. **The hut**\n-# Hearth\n2. **Rain on Glass**\n3. **Slow Shore**");
  await harness.slash("favourites play", { name: "The hut" });
  expect(harness.view()?.now?.title).toBe("Hearth");
  expect((await harness.complete("favourites play", "name", "glass")).map(({ value }) => value)).toEqual([
    "Rain on Glass",
  ]);
});

test("the list has pages, the most played first, and a button beside each; one of another guild plays nothing", async () => {
  const harness = await openCommandHarness();
  for (let i = 0; i < 10; i++) await harness.slash("favourites add", { sound: "ocean", name: `Number ${i}` });
  await harness.slash("favourites play", { name: "Number 9" });
  const first = await harness.slash("favourites list");
  expect(first.text).toMatch(/Page 1 of 2[\s\S]*1\. \*\*Number 9\*\*[\s\S]*2\. \*\*Number 0\*\*/);
  const second = await harness.press("lull:favourites:1");
  expect(second.text).toMatch(/Page 2 of 2[\s\S]*10\. \*\*Number 8\*\*/);
  expect(second.replies[0]).toMatchObject({ inPlace: true });
  const [button = ""] = /lull:favourite-play:[^"]+/.exec(JSON.stringify(second.replies)) ?? [];
  expect((await harness.press(button)).text).toContain("is next");

  const elsewhere = await openCommandHarness();
  expect((await elsewhere.press(button)).text).toMatch(/no longer works|earlier session/);
  expect(elsewhere.view()).toBeUndefined();
});

test("an unknown favourite is refused with the way to the list", async () => {
  const harness = await openCommandHarness();
  for (const part of ["play", "remove", "move", "rename"])
    expect((await harness.slash(`favourites ${part}`, { name: "nope", to: "x", position: 1 })).text).toContain(
      "/favourites list",
    );
  expect((await harness.slash("favourites list")).text).toContain("No favourites yet");
});

test("a name can neither style, link, ping nor turn the writing", async () => {
  const harness = await openCommandHarness();
  const name = "\u202e**[x](https://evil.example)** @everyone\n# big";
  const { text } = await harness.slash("favourites add", { sound: "ocean", name });
  expect(text).not.toContain("\u202e");
  expect(text).not.toContain("\n");
  expect(text).toContain("\\*\\*\\[x\\](https\\://evil.example)\\*\\* \\@everyone \\# big");
});

test("'; DROP TABLE and __proto__ are names like others", async () => {
  const harness = await openCommandHarness();
  for (const name of ["'; DROP TABLE favourites; --", "__proto__"]) {
    await harness.slash("favourites add", { sound: "ocean", name });
    await harness.slash("favourites play", { name });
  }
  expect((await harness.slash("favourites list")).text).toContain("DROP TABLE");
  expect(harness.view()?.queue).toHaveLength(1);
});

test("a name of nothing is refused", async () => {
  const harness = await openCommandHarness();
  expect((await harness.slash("favourites add", { sound: "ocean", name: "\u200b \u202e" })).text).toContain("Try");
});

test("a member's own favourites are theirs alone, on every list, and play like the others", async () => {
  const harness = await openCommandHarness();
  expect((await harness.slash("favourites add", { sound: "fire", name: "My hearth", mine: "true" })).text).toContain(
    "Only you see them",
  );
  expect((await harness.slash("favourites add", { sound: "ocean", name: "my hearth", mine: "true" })).text).toContain(
    "You already have a favourite",
  );
  expect((await harness.slash("favourites list", { mine: "true" })).text).toContain("1. **My hearth**\n-# Hearth");
  expect((await harness.slash("favourites list")).text).toContain("No favourites yet");
  expect((await harness.slash("favourites list", { mine: "true" }, bo)).text).not.toContain("My hearth");
  const [chosen] = await harness.complete("play", "sound", "my h");
  expect(chosen?.name).toBe("♥ My hearth");
  harness.sit(bo, lounge);
  expect((await harness.slash("favourites play", { name: String(chosen?.value) }, bo)).text).toContain(
    "of yours is gone",
  );
  await harness.slash("play", { sound: String(chosen?.value) });
  expect(harness.view()?.now?.title).toBe("Hearth");
  expect(await harness.storage.personalFavourites.list(ana)).toMatchObject([{ uses: 1 }]);
  await harness.slash("favourites rename", { name: "my hearth", to: "Hut" });
  expect((await harness.slash("favourites export", { name: "hut" })).text).toContain("lull");
  expect((await harness.slash("favourites move", { name: "hut", position: 1 })).text).toContain("/favourites list");
  expect((await harness.slash("favourites remove", { name: "hut" })).text).toBe(
    "Removed **Hut** from your own favourites.",
  );
  expect(harness.complaints).toEqual([]);
});
