/** What an option's text is read as. */
export type OptionType =
  | 'text'
  /** Text with percent signs of its own: it is not interpolated, and quotes in it are meant. */
  | 'template'
  | 'secret'
  | 'boolean'
  | 'integer'
  | 'number'
  | 'list'
  | 'path'
  | 'tilde path'
  /** A Python expression. */
  | 'python'
  /** A Python expression, or a rule in plain words. */
  | 'rule'

/** What this version does with an option. */
export type OptionStatus =
  | 'carried-out'
  /** Never did anything: without effect. */
  | 'inert'
  /** Gone from OfflineIMAP: a warning. */
  | 'removed'

/** One option. */
export interface Option {
  readonly type: OptionType
  /** As one would write it. Without one the option is unset. */
  readonly default?: string
  /** One line: what it says. */
  readonly meaning: string
  /** Default: carried out. */
  readonly status?: OptionStatus
  /** A value to show in the sample file, where neither the default nor an empty value would tell much. */
  readonly example?: string
  /** Whose option it is, where it is not OfflineIMAP's. */
  readonly source?: 'mailtide'
}

/** The options of one kind of section, by name. */
export type OptionGroup = Readonly<Record<string, Option>>
