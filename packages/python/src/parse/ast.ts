import type { LocalNames, Value } from '../values/value.ts'

/** The operators between two values, as they are written. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '@' | '**' | '<<' | '>>' | '&' | '|' | '^'

/** The operators that compare, as they are written. */
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not'

/** The operators before a value. */
export type UnaryOperator = '-' | '+' | '~' | 'not'

interface At {
  /** Where it begins in the text. */
  readonly at: number
}

/** `*value` in a list, a call or on the left of an assignment. */
export interface Starred extends At {
  readonly kind: 'starred'
  readonly value: Expression
}

/** One argument of a call: `value`, `name=value`, `*value`, `**value`. */
export interface Argument extends At {
  readonly kind: 'plain' | 'star' | 'double-star'
  readonly name?: string
  readonly value: Expression
}

/** One parameter of a function. */
export interface Parameter extends At {
  readonly name: string
  readonly default?: Expression
}

/** `(plain, plain=1, *rest, named, named=1, **others)` */
export interface Parameters {
  readonly plain: readonly Parameter[]
  readonly rest?: string
  readonly named: readonly Parameter[]
  readonly others?: string
}

/** One `for … in …` of a comprehension with the `if`s after it. */
export interface Clause extends At {
  readonly target: Target
  readonly iterable: Expression
  readonly conditions: readonly Expression[]
}

/** A piece of an f-string. */
export type FormatPiece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'value'
      readonly value: Expression
      readonly conversion: 'r' | 's' | 'a' | undefined
      readonly spec: readonly FormatPiece[]
    }

/** An expression of Python 3. */
export type Expression = At &
  (
    | { readonly kind: 'constant'; readonly value: Value }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'tuple' | 'list' | 'set'; readonly items: readonly (Expression | Starred)[] }
    /** An entry without a key is `**value`. */
    | {
        readonly kind: 'dict'
        readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[]
      }
    | {
        readonly kind: 'comprehension'
        readonly form: 'list' | 'set' | 'generator' | 'dict'
        readonly element: Expression
        /** The value that belongs to the key, in a dict. */
        readonly value: Expression | undefined
        readonly clauses: readonly Clause[]
        readonly locals: LocalNames
      }
    | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
    /** Operators of one rank, from left to right. */
    | {
        readonly kind: 'binary'
        readonly first: Expression
        readonly rest: readonly {
          readonly operator: BinaryOperator
          readonly operand: Expression
          readonly at: number
        }[]
      }
    | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[] }
    | {
        readonly kind: 'compare'
        readonly first: Expression
        readonly rest: readonly {
          readonly operator: CompareOperator
          readonly operand: Expression
          readonly at: number
        }[]
      }
    | {
        readonly kind: 'conditional'
        readonly condition: Expression
        /** What it comes to if the condition holds. */
        readonly result: Expression
        readonly otherwise: Expression
      }
    | {
        readonly kind: 'lambda'
        readonly parameters: Parameters
        readonly body: Expression
        readonly locals: LocalNames
      }
    | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Argument[] }
    | { readonly kind: 'attribute'; readonly object: Expression; readonly name: string }
    | { readonly kind: 'subscript'; readonly object: Expression; readonly index: Expression }
    | {
        readonly kind: 'slice'
        readonly start: Expression | undefined
        readonly stop: Expression | undefined
        readonly step: Expression | undefined
      }
    | { readonly kind: 'walrus'; readonly name: string; readonly value: Expression }
    | { readonly kind: 'format'; readonly pieces: readonly FormatPiece[] }
  )

/** What can stand on the left of an assignment. */
export type Target = At &
  (
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'attribute'; readonly object: Expression; readonly name: string }
    | { readonly kind: 'subscript'; readonly object: Expression; readonly index: Expression }
    | {
        readonly kind: 'unpack'
        readonly targets: readonly Target[]
        /** Which of them is starred. */
        readonly star: number | undefined
      }
  )

/** One `except` of a `try`. */
export interface Handler extends At {
  readonly type: Expression | undefined
  readonly name: string | undefined
  readonly body: readonly Statement[]
}

/** A name that an import brings, and what it is called here. */
export interface Imported {
  readonly name: string
  readonly as: string | undefined
}

/** A statement. */
export type Statement = At &
  (
    | { readonly kind: 'expression'; readonly value: Expression }
    | { readonly kind: 'assign'; readonly targets: readonly Target[]; readonly value: Expression }
    | {
        readonly kind: 'update'
        readonly target: Target
        readonly operator: BinaryOperator
        readonly value: Expression
      }
    | { readonly kind: 'delete'; readonly targets: readonly Target[] }
    | { readonly kind: 'pass' | 'break' | 'continue' }
    | { readonly kind: 'return'; readonly value: Expression | undefined }
    | {
        readonly kind: 'raise'
        readonly exception: Expression | undefined
        /** The message, as Python 2 has it after a comma. */
        readonly message: Expression | undefined
      }
    | { readonly kind: 'import'; readonly modules: readonly Imported[] }
    | { readonly kind: 'from'; readonly module: string; readonly names: readonly Imported[] | 'all' }
    | { readonly kind: 'assert'; readonly condition: Expression; readonly message: Expression | undefined }
    | {
        readonly kind: 'if'
        readonly branches: readonly { readonly condition: Expression; readonly body: readonly Statement[] }[]
        readonly otherwise: readonly Statement[]
      }
    | {
        readonly kind: 'while'
        readonly condition: Expression
        readonly body: readonly Statement[]
        readonly otherwise: readonly Statement[]
      }
    | {
        readonly kind: 'for'
        readonly target: Target
        readonly iterable: Expression
        readonly body: readonly Statement[]
        readonly otherwise: readonly Statement[]
      }
    | {
        readonly kind: 'try'
        readonly body: readonly Statement[]
        readonly handlers: readonly Handler[]
        readonly otherwise: readonly Statement[]
        readonly finally: readonly Statement[]
      }
    | {
        readonly kind: 'with'
        readonly items: readonly { readonly value: Expression; readonly target: Target | undefined }[]
        readonly body: readonly Statement[]
      }
    | {
        readonly kind: 'def'
        readonly name: string
        readonly parameters: Parameters
        readonly body: readonly Statement[]
        readonly locals: LocalNames
      }
    | {
        readonly kind: 'class'
        readonly name: string
        readonly base: Expression | undefined
        readonly body: readonly Statement[]
      }
    /** What only says whose a name is; it has been heard already when the function was read. */
    | { readonly kind: 'scope' }
  )
