/** An error as the log may show it: nothing but what is on this list, and none of it long. */
export interface ErrorDescription {
  readonly type: string;
  readonly message?: string;
  readonly code?: string | number;
  /** Of an HTTP response. */
  readonly status?: number;
  readonly method?: string;
  /** Path of a request, without tokens and without its query. */
  readonly route?: string;
  readonly syscall?: string;
  /** Milliseconds until a rate limit ends. */
  readonly timeToReset?: number;
  /** Of a validation: what was wrong where, without what was given. */
  readonly issues?: readonly { readonly code: string; readonly path: string }[];
  /** Frames of the stack, the innermost first. */
  readonly at?: readonly string[];
  readonly cause?: ErrorDescription;
  /** The first few of an AggregateError. */
  readonly errors?: readonly ErrorDescription[];
}

const MAX_TEXT = 300;
const MAX_FRAMES = 6;
const MAX_ISSUES = 5;
const MAX_ERRORS = 3;
const MAX_DEPTH = 3;

/** Bot tokens; the tokens of interactions and webhooks, in paths; queries, which may be signatures; the database's password. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}/g, "<token>"],
  [/((?:webhooks|interactions)\/\d+\/)[^/\s"']+/g, "$1<token>"],
  [/(https?:\/\/[^\s"'?#]*)[?#][^\s"']*/g, "$1"],
  [/(parse URL from ).*/s, "$1<address>"],
  [/(postgres(?:ql)?:\/\/)[^\s@]*@/g, "$1<user>@"],
  [/[\w+/=-]{80,}/g, "<long>"],
];

/** A text for the log: one line, of bounded length, without tokens or the query of an address. */
export const scrub = (text: string, longest = MAX_TEXT): string => {
  // Looked through before it is cut, so that half a token is not taken for a word; but not for ever.
  const line = SECRETS.reduce(
    (scrubbed, [secret, instead]) => scrubbed.replace(secret, instead),
    text.slice(0, 4 * MAX_TEXT).replace(/\s+/g, " "),
  );
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
};

/** What is quoted in a message may be what somebody wrote. */
const unquoted = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"?|“[^”]*”?|`[^`]*`?|(?<!\w)'[^']*'?/g, "<quoted>");

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? scrub(value) : undefined;
const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

const routeOf = (url: unknown): string | undefined => {
  if (typeof url !== "string") return undefined;
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return scrub(path.replace(/[?#].*/s, ""), 120);
};

const messageOf = (error: Error & Record<string, unknown>): string | undefined => {
  // These repeat what was given: the text that is no JSON, the value that does not fit.
  if (error.name === "SyntaxError" || Array.isArray(error.issues)) return undefined;
  // A sentence for a member holds names and titles; one for the operator is a string.
  if (error.name === "UserError" && typeof error.text !== "string") return undefined;
  // The paths in the system's messages are ours.
  const message = typeof error.syscall === "string" ? error.message : unquoted(error.message);
  return textOf(message);
};

const issuesOf = (issues: unknown): ErrorDescription["issues"] => {
  if (!Array.isArray(issues)) return undefined;
  return issues.slice(0, MAX_ISSUES).map((issue: unknown) => {
    const { code, path } = Object(issue) as { code?: unknown; path?: unknown };
    const keys = Array.isArray(path)
      ? path.slice(0, 6).map((key) => (/^\w{1,30}$/.test(String(key)) ? String(key) : "…"))
      : [];
    return { code: textOf(code) ?? "unknown", path: keys.join(".") };
  });
};

/** Only the frames: what comes before them in a stack is the message. */
const framesOf = (stack: unknown): readonly string[] | undefined => {
  if (typeof stack !== "string") return undefined;
  const frames = stack
    .slice(0, 20_000)
    .split("\n")
    .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return frames.length === 0 ? undefined : frames.slice(0, MAX_FRAMES).map((line) => scrub(line.trim(), 160));
};

/** An object without the keys whose value is undefined. */
const present = <T extends object>(object: { [Key in keyof T]: T[Key] | undefined }): T =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;

/**
 * Describes what was thrown by an allow-list: no request body, token, member's text or list, whatever
 * properties the error of a library has.
 */
export const describeError = (thrown: unknown, depth = 0): ErrorDescription => {
  if (!(thrown instanceof Error)) {
    if (typeof thrown === "object" && thrown !== null && "message" in thrown)
      return present<ErrorDescription>({
        type: "thrown object",
        message: textOf(unquoted(String(thrown.message))),
      });
    return present<ErrorDescription>({ type: `thrown ${typeof thrown}`, message: textOf(unquoted(String(thrown))) });
  }
  const error = thrown as Error & Record<string, unknown>;
  const { code } = error;
  const deeper = depth < MAX_DEPTH;
  return present<ErrorDescription>({
    type: scrub(String(error.name || error.constructor.name), 80),
    message: messageOf(error),
    code: numberOf(code) ?? textOf(code),
    status: numberOf(error.status),
    method: textOf(error.method),
    route: routeOf(error.url),
    syscall: textOf(error.syscall),
    timeToReset: numberOf(error.timeToReset),
    issues: issuesOf(error.issues),
    at: depth === 0 ? framesOf(error.stack) : framesOf(error.stack)?.slice(0, 2),
    cause: deeper && error.cause !== undefined ? describeError(error.cause, depth + 1) : undefined,
    errors:
      deeper && error instanceof AggregateError
        ? error.errors.slice(0, MAX_ERRORS).map((one) => describeError(one, depth + 1))
        : undefined,
  });
};
