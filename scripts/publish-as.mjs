// Puts the account that publishes Lull into every address that says OWNER: node scripts/publish-as.mjs ACCOUNT
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The files whose addresses name the account. */
export const FILES = ["package.json", "README.md", "SECURITY.md", "docs/hosting.md"];

/**
 * @param text of a file
 * @param account such as "lull-bot"
 * @returns the text with the account in its addresses on GitHub and GitHub's registry
 * @throws Error when the account cannot be one
 */
export const publishedAs = (text, account) => {
  if (!/^[\w.-]+$/.test(account)) throw new Error(`"${account}" is not an account.`);
  return text.replaceAll(/\b(github\.com|ghcr\.io)\/OWNER\b/g, `$1/${account}`);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  for (const file of FILES) {
    const path = join(root, file);
    const text = readFileSync(path, "utf8");
    const published = publishedAs(text, process.argv[2] ?? "");
    if (published !== text) {
      writeFileSync(path, published);
      console.log(file);
    }
  }
}
