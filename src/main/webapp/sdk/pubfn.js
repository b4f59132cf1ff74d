/**
 * A member at a path such as `author._id` or `list[0].name`.
 *
 * @param {any} object
 * @param {string} path
 * @param {any} [otherwise] where there is nothing
 */
export function getData(object, path, otherwise) {
  const names = String(path).split(/[.[\]]+/).filter(Boolean);
  return names.reduce((value, name) => value?.[name], object) ?? otherwise;
}
