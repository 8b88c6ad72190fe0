import { expect, test } from "vitest";
import { openDesk, SOUNDS } from "./desk.ts";

test("what plays now becomes a favourite under its title", async () => {
  const desk = await openDesk();
  expect((await desk.slash("favourites add")).text).toContain("/play");
  await desk.slash("play", { sound: "ocean" });
  expect((await desk.slash("favourites add")).text).toContain("**Slow Shore** is a favourite now");
  expect((await desk.slash("favourites add")).text).toContain("already");
});

test("favourites are listed, renamed, moved, played and removed by name", async () => {
  const desk = await openDesk();
  for (const { id } of SOUNDS) await desk.slash("favourites add", { sound: id });
  expect((await desk.slash("favourites rename", { name: "Hearth", to: "The hut" })).text).toBe(
    "**Hearth** is called **The hut** now.",
  );
  expect((await desk.slash("favourites move", { name: "the hut", position: 1 })).text).toBe(
    "**The hut** is number 1 now.",
  );
  expect((await desk.slash("favourites remove", { name: "Haircut" })).text).toContain("no longer a favourite");
  const { text } = await desk.slash("favourites list");
  expect(text).toContain("1. **The hut**\n-# Hearth\n2. **Rain on Glass**\n3. **Slow Shore**");
  await desk.slash("favourites play", { name: "The hut" });
  expect(desk.view()?.now?.title).toBe("Hearth");
  expect((await desk.complete("favourites play", "name", "glass")).map(({ value }) => value)).toEqual([
    "Rain on Glass",
  ]);
});

test("the list has pages, the most played first, and a button beside each; one of another guild plays nothing", async () => {
  const desk = await openDesk();
  for (let i = 0; i < 10; i++) await desk.slash("favourites add", { sound: "ocean", name: `Number ${i}` });
  await desk.slash("favourites play", { name: "Number 9" });
  const first = await desk.slash("favourites list");
  expect(first.text).toMatch(/Page 1 of 2[\s\S]*1\. \*\*Number 9\*\*[\s\S]*2\. \*\*Number 0\*\*/);
  const second = await desk.press("lull:favourites:1");
  expect(second.text).toMatch(/Page 2 of 2[\s\S]*10\. \*\*Number 8\*\*/);
  expect(second.replies[0]).toMatchObject({ inPlace: true });
  const [button = ""] = /lull:favourite-play:[^"]+/.exec(JSON.stringify(second.replies)) ?? [];
  expect((await desk.press(button)).text).toContain("comes next");

  const elsewhere = await openDesk();
  expect((await elsewhere.press(button)).text).toMatch(/no longer works|earlier session/);
  expect(elsewhere.view()).toBeUndefined();
});

test("an unknown favourite is refused with the way to the list", async () => {
  const desk = await openDesk();
  for (const part of ["play", "remove", "move", "rename"])
    expect((await desk.slash(`favourites ${part}`, { name: "nope", to: "x", position: 1 })).text).toContain(
      "/favourites list",
    );
  expect((await desk.slash("favourites list")).text).toContain("no favourites yet");
});

test("a name can neither style, link, ping nor turn the writing", async () => {
  const desk = await openDesk();
  const name = "\u202e**[x](https://evil.example)** @everyone\n# big";
  const { text } = await desk.slash("favourites add", { sound: "ocean", name });
  expect(text).not.toContain("\u202e");
  expect(text).not.toContain("\n");
  expect(text).toContain("\\*\\*\\[x\\](https\\://evil.example)\\*\\* \\@everyone \\# big");
});

test("'; DROP TABLE and __proto__ are names like others", async () => {
  const desk = await openDesk();
  for (const name of ["'; DROP TABLE favourites; --", "__proto__"]) {
    await desk.slash("favourites add", { sound: "ocean", name });
    await desk.slash("favourites play", { name });
  }
  expect((await desk.slash("favourites list")).text).toContain("DROP TABLE");
  expect(desk.view()?.queue).toHaveLength(1);
});

test("a name of nothing is refused", async () => {
  const desk = await openDesk();
  expect((await desk.slash("favourites add", { sound: "ocean", name: "\u200b \u202e" })).text).toContain("Try");
});
