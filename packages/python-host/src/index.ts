export {
  createPythonHost,
  type EvaluateOptions,
  type PythonHost,
  type PythonHostOptions,
} from './create-python-host.ts'
export { type HostArgument, type HostFunction, type HostObject, type HostValue, isTruthy } from './host-value.ts'
