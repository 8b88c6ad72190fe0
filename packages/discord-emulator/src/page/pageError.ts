import type { Sentence } from "./protocol.ts";

/** What the page's user asked for cannot be done; the page says why in the user's language. */
export class PageError extends Error {
  override readonly name = "PageError";
  readonly sentence: Sentence;

  /**
   * @param text for those who do not read the page's languages
   * @param key of the page's words
   * @param values of the words' placeholders
   */
  constructor(text: string, key: string, values: Readonly<Record<string, string>> = {}) {
    super(text);
    this.sentence = { key, values };
  }
}
