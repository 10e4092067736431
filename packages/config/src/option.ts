/** What an option's text is read as. */
export type OptionType =
  | 'text'
  | 'secret'
  | 'boolean'
  | 'integer'
  | 'number'
  | 'list'
  | 'path'
  | 'tilde path'
  | 'python'

/** What this version does with an option. */
export type OptionStatus =
  | 'carried-out'
  /** Not carried out yet: an error when it asks for something. */
  | 'refused'
  /** Not carried out, with the same mail in the end: a warning when it asks for something. */
  | 'unneeded'
  /** Says something only together with a refused option, or never did anything: accepted, without effect. */
  | 'inert'
  /** Gone from OfflineIMAP: a warning. */
  | 'removed'

/** One option. */
export interface Option {
  readonly type: OptionType
  /** As one would write it. Without one the option is unset. */
  readonly default?: string
  readonly meaning: string
  /** Default: carried out. */
  readonly status?: OptionStatus
  /** Values besides the default by which a refused option asks for nothing. */
  readonly accepts?: (value: string) => boolean
  /** What to do instead. */
  readonly hint?: string
}

/** The options of one kind of section, by name. */
export type OptionGroup = Readonly<Record<string, Option>>
