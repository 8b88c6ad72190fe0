/** An error whose text is shown to the user as it is: calm, one sentence or two, says what to do next. */
export class UserError extends Error {
  override readonly name = "UserError";
  /** Stable name for tests and logs, e.g. `not-in-voice`. */
  readonly code: string;

  constructor(code: string, text: string) {
    super(text);
    this.code = code;
  }
}

/** Marks what an exhaustive switch cannot reach. */
export const assertNever = (value: never): never => {
  throw new Error(`Unexpected: ${JSON.stringify(value)}`);
};
