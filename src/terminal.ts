/** What the operator reads while Lull runs: lines that stay, one that changes, and one that always comes last. */
export interface Terminal {
  /** A line that stays. */
  print(line: string): void;
  /** How far something is; a terminal redraws the line in place, elsewhere each is a line of its own. */
  progress(line: string): void;
  /** The line that stays below all others; "" takes it away. */
  pin(line: string): void;
}

/** What the bot prints once it answers, for the process that started it. */
export const READY_LINE = "Lull is ready.";

interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

const CLEAR_LINE = "\r\u001b[2K";
const CURSOR_UP = "\u001b[1A";

/** A terminal that redraws its last lines, or plain lines where the output is a file or pipe. */
export const openTerminal = (output: Output): Terminal =>
  output.isTTY ? createLiveTerminal(output) : createPlainTerminal(output);

const createLiveTerminal = (output: Output): Terminal => {
  let moving = "";
  let pinned = "";
  let drawn = 0;
  const draw = (above?: string) => {
    // A line that wraps could not be taken back.
    const width = (output.columns ?? 80) - 1;
    const below = [moving, pinned].filter((line) => line !== "").map((line) => line.slice(0, width));
    const back = CLEAR_LINE + `${CURSOR_UP}${CLEAR_LINE}`.repeat(drawn);
    output.write(`${back}${above === undefined ? "" : `${above}\n`}${below.map((line) => `${line}\n`).join("")}`);
    drawn = below.length;
  };
  return {
    print: (line) => draw(line),
    progress(line) {
      moving = line;
      draw();
    },
    pin(line) {
      pinned = line;
      draw();
    },
  };
};

const createPlainTerminal = (output: Output): Terminal => {
  let pinned = "";
  const write = (line: string) => output.write(`${line}\n${pinned === "" ? "" : `${pinned}\n`}`);
  return {
    print: write,
    progress: write,
    pin(line) {
      pinned = line;
      if (line !== "") output.write(`${line}\n`);
    },
  };
};

/** A progress bar as text: `Rendering [#####-----] 4 of 8, Slow Shore`. */
export const progressLine = (what: string, done: number, total: number, detail = ""): string => {
  const filled = total === 0 ? 10 : Math.floor((10 * done) / total);
  const bar = `${"#".repeat(filled)}${"-".repeat(10 - filled)}`;
  return `${what} [${bar}] ${Math.floor(done)} of ${total}${detail === "" ? "" : `, ${detail}`}`;
};
