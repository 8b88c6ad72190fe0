/** Names of variables that hold secrets. */
const SECRET = /TOKEN|SECRET|PASSWORD|CREDENTIAL|PRIVATE|API_?KEY/i;

/** The environment of a child of ours: this process's, without its secrets. */
export const withoutSecrets = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !SECRET.test(name)));

/**
 * The environment of a sandboxed child: what programs need to start, and no setting of ours.
 * @param more variables to add
 */
export const bareEnvironment = (more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  SystemRoot: process.env.SystemRoot,
  ...more,
});
