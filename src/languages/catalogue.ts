/** The words of one language, both by their English. */
export interface Catalogue {
  /** By template, with `{0}`, `{1}` … in whatever order the language wants them. */
  readonly sentences: Readonly<Record<string, string>>;
  /** Sounds, triggers, programmes, pictures and what is said of them. */
  readonly names: Readonly<Record<string, string>>;
}
