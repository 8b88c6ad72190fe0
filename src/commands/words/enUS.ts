import type { Words } from "../words.ts";

/** Where American spelling differs from the definitions, which are in British English. */
export const enUS: Words = {
  "play sound": ["sound", "A sound, or one of the favorites here"],
  "mix save": ["save", "Keep the mix that plays as a favorite"],
  favourites: ["favorites", "The sounds this community likes to come back to"],
  "favourites list": ["list", "Show the favorites in their order"],
  "favourites play": ["play", "Play a favorite in your voice channel, or queue it"],
  "favourites play name": ["name", "Which favorite"],
  "favourites rename": ["rename", "Give a favorite another name"],
  "favourites rename name": ["name", "Which favorite"],
  "favourites remove": ["remove", "Take a favorite off the list"],
  "favourites remove name": ["name", "Which favorite"],
  "favourites move": ["move", "Move a favorite to another place"],
  "favourites move name": ["name", "Which favorite"],
  "favourites export": ["export", "Take favorites to another server: one as a code, or all as a file"],
  "favourites export name": ["name", "Which favorite; all of them, unless you choose one"],
  "favourites import": ["import", "Bring favorites from another server"],
  "menu Add to favourites": "Add to favorites",
};
