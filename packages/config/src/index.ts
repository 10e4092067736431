export type {
  AccountConfig,
  Config,
  GeneralConfig,
  ImapConfig,
  MaildirConfig,
  RepositoryConfig,
} from './config.ts'
export type { Option, OptionGroup, OptionStatus, OptionType } from './option.ts'
export { optionTable, type SectionKind } from './option-table.ts'
export { formatProblem, type Origin, type Problem } from './problem.ts'
export { type ConfigInput, type ConfigResult, readConfig } from './read-config.ts'
