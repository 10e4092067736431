/** Calls back every so many milliseconds until the returned function is called. */
export type Every = (milliseconds: number, callback: () => void) => () => void
