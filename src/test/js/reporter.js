/**
 * Tells of each test in a line of JSON, for `NodeTests.java` to read.
 *
 * @param {AsyncIterable<{type: string, data: any}>} events
 */
export default async function* report(events) {
  /** @type {string[]} */
  const names = [];
  for await (const { type, data } of events) {
    if (type === "test:start") {
      names[data.nesting] = data.name;
    } else if ((type === "test:pass" || type === "test:fail") && data.details.type !== "suite") {
      const { error } = data.details;
      yield `${JSON.stringify({
        file: data.file ?? "",
        names: [...names.slice(0, data.nesting), data.name],
        passed: type === "test:pass",
        skipped: data.skip !== undefined || data.todo !== undefined,
        error: error ? String(error.cause?.stack ?? error.cause ?? error.stack ?? error) : "",
      })}\n`;
    } else if (type === "test:fail") {
      // A suite fails with its tests, or by itself, in a hook of it.
      const { error } = data.details;
      if (error.failureType !== "subtestsFailed") {
        const names = [data.name, "(the suite itself)"];
        yield `${JSON.stringify({ file: data.file ?? "", names, passed: false, skipped: false, error: String(error.cause?.stack ?? error) })}\n`;
      }
    }
  }
}
