/**
 * A stored sound that is damaged, or not what Lull writes. Its message is English, for the operator's log: members are
 * told in their language that the sound cannot be read.
 */
export class UnreadableSound extends Error {
  override readonly name = "UnreadableSound";
  /** Stable name for tests and logs: `bad-ogg`, `not-ogg-opus` or `file-too-large`. */
  readonly code: string;

  constructor(code: "bad-ogg" | "not-ogg-opus" | "file-too-large", message: string) {
    super(message);
    this.code = code;
  }
}
