// Fails where something that can fail to start (a child, a thread, a socket, a server, a stream, a watcher) has nobody
// who hears its error: such an event would end the process.
import { globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { root } from "./setup.mjs";

/** What makes such a thing, by the module that it comes from. */
const STARTERS = {
  "node:worker_threads": ["Worker"],
  "node:child_process": ["fork", "spawn", "exec", "execFile"],
  "node:dgram": ["createSocket"],
  "node:net": ["connect", "createConnection", "createServer", "Socket", "Server"],
  "node:tls": ["connect", "createServer", "TLSSocket"],
  "node:http": ["request", "get", "createServer"],
  "node:https": ["request", "get", "createServer"],
  "node:http2": ["connect", "createServer", "createSecureServer"],
  "node:fs": ["createReadStream", "createWriteStream", "watch"],
  ws: ["WebSocket", "WebSocketServer", "default"],
};
/** Ours, whose failed start is an `error` and an `exit`; each is the only one that may use what it wraps. */
const WRAPPERS = {
  "kernel/forkChild.ts": { makes: "forkChild", of: ["fork"] },
  "kernel/startThread.ts": { makes: "startThread", of: ["Worker"] },
};
const WRAPPED = new Map(Object.values(WRAPPERS).flatMap(({ makes, of }) => of.map((name) => [name, makes])));
/** These throw at once, too. */
const THROWING = new Set(["spawn", "exec", "execFile"]);

/** The names in a file that make such things, and what each stands for. */
const importedStarters = (source) => {
  const names = new Map();
  const whole = [];
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || statement.importClause?.isTypeOnly) continue;
    const from = statement.moduleSpecifier.text;
    const wrapper = Object.entries(WRAPPERS).find(([path]) => path.endsWith(from.replace(/^.*\//u, "/")))?.[1];
    const makers =
      wrapper && from.startsWith(".") ? [wrapper.makes] : Object.hasOwn(STARTERS, from) ? STARTERS[from] : [];
    if (makers.length === 0) continue;
    const { name, namedBindings } = statement.importClause ?? {};
    if (name !== undefined && (makers.includes("default") || !from.startsWith("."))) whole.push(statement);
    if (namedBindings === undefined) continue;
    if (ts.isNamespaceImport(namedBindings)) whole.push(statement);
    else
      for (const element of namedBindings.elements) {
        const imported = (element.propertyName ?? element.name).text;
        if (!element.isTypeOnly && makers.includes(imported)) names.set(element.name.text, imported);
      }
  }
  return { names, whole };
};

const isMethodCall = (node, on, events) =>
  ts.isPropertyAccessExpression(node) &&
  ["on", "once", "addListener"].includes(node.name.text) &&
  on(node.expression) &&
  ts.isCallExpression(node.parent) &&
  node.parent.expression === node &&
  ts.isStringLiteral(node.parent.arguments[0] ?? node) &&
  events.includes(node.parent.arguments[0].text);

const some = (node, holds) => holds(node) || ts.forEachChild(node, (child) => some(child, holds) || undefined) === true;

const isNamed = (name) => (node) => ts.isIdentifier(node) && node.text === name;

/** Whether the function, or file, listens to the errors of what it knows by this name. */
const listensTo = (scope, name) => some(scope, (node) => isMethodCall(node, isNamed(name), ["error"]));

const scopeOf = (node) => {
  let scope = node;
  while (!ts.isFunctionLike(scope) && !ts.isSourceFile(scope)) scope = scope.parent;
  return scope;
};

/** Functions of the file that listen to the errors of one of their parameters, as `name index`. */
const hearers = (source) => {
  const found = new Set();
  const visit = (node) => {
    const made = ts.isVariableDeclaration(node) ? node.initializer : node;
    if (node.name !== undefined && made !== undefined && ts.isFunctionLike(made))
      for (const [index, { name }] of made.parameters.entries())
        if (ts.isIdentifier(name) && listensTo(made, name.text)) found.add(`${node.name.getText()} ${index}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

/** Whether somebody hears the errors of what this expression makes. */
const isHeard = (made, heardBy) => {
  const { parent } = made;
  // createSocket(…).on("error", …), at any place in the chain.
  for (let node = made; ts.isPropertyAccessExpression(node.parent) && ts.isCallExpression(node.parent.parent); ) {
    if (isMethodCall(node.parent, () => true, ["error"])) return true;
    node = node.parent.parent;
  }
  if (ts.isForOfStatement(parent)) return parent.awaitModifier !== undefined && parent.expression === made;
  if (ts.isCallExpression(parent)) {
    const at = parent.arguments.indexOf(made);
    return parent.expression.getText() === "pipeline" || heardBy.has(`${parent.expression.getText()} ${at}`);
  }
  const name = ts.isVariableDeclaration(parent)
    ? parent.name
    : ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
      ? parent.left
      : undefined;
  if (name === undefined || !ts.isIdentifier(name)) return false;
  const scope = scopeOf(made);
  const isHandedOn = (node) =>
    ts.isCallExpression(node) &&
    node.arguments.some((one, at) => isNamed(name.text)(one) && heardBy.has(`${node.expression.getText()} ${at}`));
  return listensTo(scope, name.text) || some(scope, isHandedOn);
};

const isInTry = (node) => {
  for (let at = node; at.parent !== undefined; at = at.parent)
    if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at && at.parent.catchClause !== undefined) return true;
  return false;
};

/** What is wrong with an expression that makes such a thing; undefined where nothing is. */
const troubleOf = (made, what, own, heardBy) => {
  if (own.includes(what)) return undefined;
  if (WRAPPED.has(what)) return `use ${WRAPPED.get(what)}, which does not throw`;
  if (THROWING.has(what) && !isInTry(made)) return "it throws without a file descriptor: catch that";
  return isHeard(made, heardBy) ? undefined : "nobody hears its error";
};

/**
 * Everything in a text of TypeScript that can fail to start.
 * @param path such as `src/kernel/forkChild.ts`
 * @returns each with its line, what it is, and `trouble` where nobody would hear of it
 */
export const startsIn = (path, text) => {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const { names, whole } = importedStarters(source);
  const own = Object.entries(WRAPPERS).find(([wrapper]) => path.endsWith(wrapper))?.[1].of ?? [];
  const heardBy = hearers(source);
  const found = [];
  const report = (node, what, trouble) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ line, what, ...(trouble !== undefined && { trouble }) });
  };
  const use = (node) => {
    const what = names.get(node.text);
    const { parent } = node;
    if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === node)
      return report(node, what, troubleOf(parent, what, own, heardBy));
    // const request = isSafe ? requestTls : requestPlain: the new name is one of these, too.
    const alias = ts.findAncestor(node, (at) => ts.isVariableDeclaration(at) || ts.isFunctionLike(at));
    if (alias !== undefined && ts.isVariableDeclaration(alias) && ts.isIdentifier(alias.name))
      return void names.set(alias.name.text, what);
    return report(node, what, "it is handed on before it is made");
  };
  const visit = (node) => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    const isName = node.parent !== undefined && node.parent.name === node;
    const isUse = ts.isIdentifier(node) && names.has(node.text) && !isName;
    if (isUse) use(node);
    ts.forEachChild(node, visit);
  };
  for (const node of whole) report(node, "import", "import what is used by its name");
  visit(source);
  return found;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = globSync("src/**/*.ts", { cwd: root }).flatMap((path) =>
    startsIn(path, readFileSync(join(root, path), "utf8")).map((made) => ({ path: relative("", path), ...made })),
  );
  if (process.argv.includes("--list")) for (const { path, line, what } of all) console.log(`${path}:${line} ${what}`);
  const unheard = all.filter(({ trouble }) => trouble !== undefined);
  for (const { path, line, what, trouble } of unheard)
    process.stderr.write(`${path}:${line} ${what}: ${trouble} (docs/security.md, “What fails to start”).\n`);
  process.exitCode = unheard.length > 0 ? 1 : 0;
}
