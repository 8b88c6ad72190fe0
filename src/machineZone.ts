import { readlinkSync } from "node:fs";

/** Whether a name is an IANA zone; offsets such as "+02:00" know no daylight saving. */
export const isTimeZone = (name: string): boolean => {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
};

/** `/usr/share/zoneinfo/Europe/Berlin` → `Europe/Berlin`, through the link that Debian keeps. */
const zoneOfPath = (path: string): string | undefined => {
  const nameIn = (text: string) => /zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(text)?.[1];
  try {
    return nameIn(path) ?? nameIn(readlinkSync(path));
  } catch {
    return undefined;
  }
};

/**
 * The machine's time zone. POSIX lets `TZ` be `:name` or a path, which Node does not know.
 * @param tz the environment's `TZ`
 * @param known what Node takes for the zone
 * @returns an IANA name, or what was found in place of one
 */
export const machineZone = (
  tz: string | undefined,
  known: string | undefined = new Intl.DateTimeFormat().resolvedOptions().timeZone,
): string => {
  const named = tz?.replace(/^:/, "") ?? "";
  const candidates = [known, named, named.startsWith("/") ? zoneOfPath(named) : undefined];
  const zone = candidates.find((one) => one !== undefined && isTimeZone(one) && one !== "Etc/Unknown");
  return zone ?? (named || known || "");
};
