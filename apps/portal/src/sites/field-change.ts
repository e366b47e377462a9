/** The fields with those of the change that are given; fields of the change that these have not are left out. */
export function withChange<T extends object>(fields: T, change: { [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.keys(fields).filter((key) => change[key as keyof T] !== undefined);
  return { ...fields, ...Object.fromEntries(given.map((key) => [key, change[key as keyof T]])) };
}
