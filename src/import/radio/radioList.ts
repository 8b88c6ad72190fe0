import { isReadBy } from "../../kernel/errors.ts";
import { plainName } from "../../kernel/names.ts";

/** A live radio that the operator has listed in `LULL_RADIO`. */
export interface ListedRadio {
  readonly title: string;
  readonly url: string;
  readonly licence: string | undefined;
}

/**
 * Reads a list such as `Night Rain | https://radio.example.org/rain.mp3 | CC BY 4.0; Fireside | https://…`.
 * @throws Error when an entry has no title or no address
 */
export const parseRadioList = (text: string): readonly ListedRadio[] =>
  text
    .split(";")
    .filter((entry) => entry.trim() !== "")
    .map((entry) => {
      const [title = "", url = "", licence] = entry.split("|").map((part) => part.trim());
      if (plainName(title) === "" || !/^https?:\/\//i.test(url) || !URL.canParse(url))
        throw new Error("An entry has no title or no address");
      return { title: plainName(title), url, licence: licence === undefined ? undefined : plainName(licence) };
    });

/** Whether `parseRadioList` reads it. */
export const isRadioList = isReadBy(parseRadioList);
