export { defaultLimits, type Limits } from './limits.ts'
export {
  createPython,
  type EvaluateOptions,
  type Python,
  type PythonArgument,
  type PythonOptions,
  type PythonValue,
} from './python.ts'
export type { PlainValue } from './values/convert.ts'
export type { Origin } from './values/value.ts'
export type { ProgramResult, World } from './world.ts'
