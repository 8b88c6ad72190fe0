/** A run of text as Discord's markdown means it. */
export type Inline =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "code"; readonly text: string }
  | { readonly type: "strong" | "em" | "underline" | "strike" | "spoiler"; readonly children: readonly Inline[] }
  | { readonly type: "link"; readonly href: string; readonly children: readonly Inline[] }
  | { readonly type: "person" | "channel" | "role"; readonly id: string }
  | { readonly type: "command"; readonly path: string }
  | { readonly type: "time"; readonly seconds: number; readonly style: string };

/** A block of text as Discord's markdown means it. */
export type Block =
  | { readonly type: "paragraph" | "small"; readonly lines: readonly (readonly Inline[])[] }
  | { readonly type: "heading"; readonly level: 1 | 2 | 3; readonly children: readonly Inline[] }
  | { readonly type: "quote"; readonly blocks: readonly Block[] }
  | { readonly type: "list"; readonly start: number | undefined; readonly items: readonly (readonly Inline[])[] }
  | { readonly type: "fence"; readonly text: string };

const DEEPEST = 8;

const nested =
  (type: "strong" | "em" | "underline" | "strike" | "spoiler") =>
  ([, inner = ""]: RegExpExecArray, depth: number): Inline => ({ type, children: parseInline(inner, depth + 1) });

const server = (href: string, children: readonly Inline[]): Inline => ({ type: "link", href, children });

/** What may stand at a place in a line, tried in this order. */
const RULES: readonly (readonly [RegExp, (match: RegExpExecArray, depth: number) => Inline])[] = [
  [/\\([\p{P}\p{S}])/uy, ([, sign = ""]) => ({ type: "text", text: sign })],
  [/``(.+?)``(?!`)/suy, ([, text = ""]) => ({ type: "code", text })],
  [/`([^`]+)`/uy, ([, text = ""]) => ({ type: "code", text })],
  [/<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/uy, ([, at, style = "f"]) => ({ type: "time", seconds: Number(at), style })],
  [/<@!?(\d{1,20})>/uy, ([, id = ""]) => ({ type: "person", id })],
  [/<@&(\d{1,20})>/uy, ([, id = ""]) => ({ type: "role", id })],
  [/<#(\d{1,20})>/uy, ([, id = ""]) => ({ type: "channel", id })],
  [/<\/([\p{L}\p{N}_ -]{1,100}):\d{1,20}>/uy, ([, path = ""]) => ({ type: "command", path })],
  [/<a?(:\w{2,32}:)\d{1,20}>/uy, ([, name = ""]) => ({ type: "text", text: name })],
  [
    /\[((?:\\.|[^\]\\])+)\]\((https?:\/\/[^\s)]+)\)/uy,
    ([, text = "", href = ""], depth) => server(href, parseInline(text, depth + 1)),
  ],
  [/<(https?:\/\/[^\s>]+)>/uy, ([, href = ""]) => server(href, [{ type: "text", text: href }])],
  [/https?:\/\/[^\s<>)]+/uy, ([href]) => server(href, [{ type: "text", text: href }])],
  [/\|\|(.+?)\|\|/suy, nested("spoiler")],
  [/\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/suy, nested("strong")],
  [/__((?:\\.|[^\\])+?)__(?!_)/suy, nested("underline")],
  [/~~((?:\\.|[^\\])+?)~~/suy, nested("strike")],
  [/\*(?!\s)((?:\\.|\*\*|[^\\*])+?)\*(?!\*)/suy, nested("em")],
  [/(?<![\p{L}\p{N}])_((?:\\.|[^\\_])+?)_(?![\p{L}\p{N}_])/suy, nested("em")],
];

const matchAt = (text: string, at: number, depth: number): readonly [Inline, number] | undefined => {
  for (const [rule, make] of RULES) {
    rule.lastIndex = at;
    const match = rule.exec(text);
    if (match !== null) return [make(match, depth), at + match[0].length];
  }
  return undefined;
};

/** One line, or the inside of a style. */
export const parseInline = (text: string, depth = 0): readonly Inline[] => {
  if (depth > DEEPEST) return [{ type: "text", text }];
  const parts: Inline[] = [];
  let plain = "";
  const flush = () => {
    if (plain !== "") parts.push({ type: "text", text: plain });
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const found = matchAt(text, at, depth);
    if (found === undefined) {
      plain += text[at++];
      continue;
    }
    const [part, next] = found;
    at = next;
    if (part.type === "text") plain += part.text;
    else {
      flush();
      parts.push(part);
    }
  }
  flush();
  return parts;
};

const HEADING = /^(#{1,3})\s+(.+)$/u;
const SMALL = /^-#\s+(.+)$/u;
const BULLET = /^\s*[-*]\s+(.+)$/u;
const NUMBER = /^\s*(\d{1,9})\.\s+(.+)$/u;
const QUOTE = /^>\s(.*)$/u;

/** Takes lines from the front as long as they fit. */
const takeWhile = (lines: string[], fit: RegExp): readonly RegExpExecArray[] => {
  const taken: RegExpExecArray[] = [];
  for (let match = fit.exec(lines[0] ?? ""); match !== null; match = fit.exec(lines[0] ?? "")) {
    taken.push(match);
    lines.shift();
  }
  return taken;
};

const takeBlock = (lines: string[], blocks: Block[]): void => {
  const line = lines[0] ?? "";
  const heading = HEADING.exec(line);
  if (heading !== null) {
    lines.shift();
    const level = (heading[1]?.length ?? 1) as 1 | 2 | 3;
    blocks.push({ type: "heading", level, children: parseInline(heading[2] ?? "") });
    return;
  }
  const small = takeWhile(lines, SMALL);
  if (small.length > 0) {
    blocks.push({ type: "small", lines: small.map(([, text = ""]) => parseInline(text)) });
    return;
  }
  const quoted = takeWhile(lines, QUOTE);
  if (quoted.length > 0) {
    blocks.push({ type: "quote", blocks: parseLines(quoted.map(([, text = ""]) => text)) });
    return;
  }
  const bullets = takeWhile(lines, BULLET);
  if (bullets.length > 0) {
    blocks.push({ type: "list", start: undefined, items: bullets.map(([, text = ""]) => parseInline(text)) });
    return;
  }
  const numbers = takeWhile(lines, NUMBER);
  if (numbers.length > 0) {
    const items = numbers.map(([, , text = ""]) => parseInline(text));
    blocks.push({ type: "list", start: Number(numbers[0]?.[1]), items });
    return;
  }
  lines.shift();
  const last = blocks.at(-1);
  if (last?.type === "paragraph") blocks[blocks.length - 1] = { ...last, lines: [...last.lines, parseInline(line)] };
  else if (line !== "") blocks.push({ type: "paragraph", lines: [parseInline(line)] });
};

const parseLines = (given: readonly string[]): readonly Block[] => {
  const lines = [...given];
  const blocks: Block[] = [];
  while (lines.length > 0) takeBlock(lines, blocks);
  return blocks;
};

/** A message's text. Fences are taken out first, since nothing inside them means anything. */
export const parseMarkdown = (text: string): readonly Block[] =>
  text.split(/```(?:[\w+-]*\n)?([\s\S]+?)```\n?/u).flatMap((part, i): readonly Block[] => {
    if (i % 2 === 1) return [{ type: "fence", text: part.replace(/\n$/u, "") }];
    return part === "" ? [] : parseLines(part.split("\n"));
  });
