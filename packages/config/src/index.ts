export { type CatalogueEntry, catalogue } from './catalogue.ts'
export type {
  AccountConfig,
  Config,
  GeneralConfig,
  ImapConfig,
  LabelsConfig,
  LoginConfig,
  MaildirConfig,
  MbnamesConfig,
  OAuth2Config,
  RepositoryConfig,
} from './config.ts'
export { isMaildir } from './config.ts'
export { type Explanation, explainOption } from './explain-option.ts'
export { type Expression, readExpression } from './expression.ts'
export type { Interpolated } from './interpolate.ts'
export { manualPage } from './manual-page.ts'
export type { Option, OptionGroup, OptionStatus, OptionType } from './option.ts'
export { kindOf, optionTable, type SectionKind } from './option-table.ts'
export { type ParsedRc, parseRc } from './parse-rc.ts'
export { type PathContext, parsePath } from './paths.ts'
export { formatProblem, type Origin, type Problem } from './problem.ts'
export type { PasswordProviderName, ProviderChoice, TokenProviderName } from './provider-choice.ts'
export type { RcFile } from './rc-file.ts'
export { type ConfigInput, type ConfigResult, readConfig } from './read-config.ts'
export { roff, roffArgument } from './roff.ts'
export { minimalFile, sampleFile } from './sample-file.ts'
export type { ParserFault } from './scan-rc.ts'
