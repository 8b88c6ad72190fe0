/** What English becomes in a language: by the template of a sentence, `{0}` and `{1}` in whatever order it wants them, or by a name. */
export type Sentences = Readonly<Record<string, string>>;

/** The words of one language, both by their English. */
export interface Catalogue {
  readonly sentences: Sentences;
  /** Sounds, triggers, programmes, pictures and what is said of them. */
  readonly names: Sentences;
}
