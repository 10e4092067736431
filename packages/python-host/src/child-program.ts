/**
 * What the child runs: reads one JSON request a line from descriptor 3 and answers each with a line on descriptor 4.
 *
 * | request                                       | answer                                   |
 * | --------------------------------------------- | ---------------------------------------- |
 * | `{"load": path}`                              | `{"value": null}`                        |
 * | `{"evaluate": text, "re": bool, "origin": s}` | `{"value": value}`                       |
 * | `{"call": id, "arguments": [[…], …]}`         | `{"value": [value, …]}`                  |
 * | `{"compare": id, "items": […]}`               | `{"value": [position, …]}`, sorted       |
 * | `{"key": id, "items": […]}`                   | the same                                 |
 *
 * A failure is `{"error": class, "detail"?: text, "place"?: "file:line", "call"?: index, "missing"?: true}`. An
 * exception's own text is never sent, for it may hold a secret: details are put together from attributes that the
 * interpreter fills.
 */
export const childProgram = String.raw`
import sys
sys.path[:] = [entry for entry in sys.path if entry]
sys.dont_write_bytecode = True
import binascii, collections.abc, functools, importlib.machinery, importlib.util
import json, math, os, queue, re, signal, threading

names = {}
functions = []
own_files = set()

def load(path):
    try:
        open(path, 'rb').close()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        return {**describe(error), 'missing': True}
    own_files.add(path)
    loader = importlib.machinery.SourceFileLoader('mailtide_pythonfile', path)
    spec = importlib.util.spec_from_file_location(loader.name, path, loader=loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    loader.exec_module(module)
    names.update((name, value) for name, value in vars(module).items() if not name.startswith('__'))
    return {'value': None}

def evaluate(text, with_re, origin):
    scope = dict(names)
    if with_re:
        scope.setdefault('re', re)
    own_files.add(origin)
    return {'value': encode(eval(compile(text.strip(), origin, 'eval'), scope))}

def call(function, argument_lists):
    values = []
    for index, arguments in enumerate(argument_lists):
        try:
            values.append(encode(function(*arguments)))
        except BaseException as error:
            return {**describe(error), 'call': index}
    return {'value': values}

def arrange(items, key):
    return {'value': sorted(range(len(items)), key=lambda index: key(items[index]))}

def encode(value):
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value) if -2**53 < value < 2**53 else {'int': '%d' % value}
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {'float': repr(float(value))}
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {'bytes': binascii.b2a_base64(value, newline=False).decode('ascii')}
    if isinstance(value, collections.abc.Mapping):
        return {'dict': [[encode(key), encode(value[key])] for key in value]}
    if isinstance(value, collections.abc.Set) and not isinstance(value, collections.abc.MappingView):
        return [encode(item) for item in sorted(value, key=repr)]
    if callable(value):
        functions.append(value)
        return {'function': len(functions) - 1}
    if isinstance(value, collections.abc.Iterable):
        return [encode(item) for item in value]
    return {'object': type(value).__name__, 'truthy': bool(value)}

def describe(error):
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == 'builtins' else kind.__module__ + '.' + kind.__qualname__
    failure = {'error': name.replace('mailtide_pythonfile.', '')}
    traceback = error.__traceback__
    while traceback:
        file = traceback.tb_frame.f_code.co_filename
        if file in own_files:
            failure['place'] = '%s:%d' % (file, traceback.tb_lineno)
        traceback = traceback.tb_next
    if isinstance(error, SyntaxError) and error.filename in own_files and error.lineno:
        failure['place'] = '%s:%d' % (error.filename, error.lineno)
        failure['detail'] = error.msg
    else:
        detail = detail_of(error)
        if detail:
            failure['detail'] = detail
    return failure

def detail_of(error):
    name = getattr(error, 'name', None)
    if isinstance(error, NameError) and name:
        return 'the name %s is not defined' % name
    if isinstance(error, ModuleNotFoundError) and name:
        return 'there is no module %s' % name
    if isinstance(error, AttributeError) and name:
        return '%s has no attribute %s' % (type(error.obj).__name__, name)
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        return 'exit code %d' % error.code
    subprocess = sys.modules.get('subprocess')
    if subprocess and isinstance(error, subprocess.CalledProcessError):
        ending = 'ended with exit code' if error.returncode >= 0 else 'was killed by signal'
        return '%s %s %d' % (command_name(error.cmd), ending, abs(error.returncode))
    if subprocess and isinstance(error, subprocess.TimeoutExpired):
        return '%s did not end in time' % command_name(error.cmd)
    if isinstance(error, OSError) and error.errno:
        return '%s: %s' % (command_name(error.filename), os.strerror(error.errno))
    return None

def command_name(command):
    first = command[0] if isinstance(command, (list, tuple)) and command else command
    words = os.fsdecode(first).split() if isinstance(first, (str, bytes, os.PathLike)) else []
    if words and re.fullmatch(r'[\w.+/-]+', words[0]):
        return os.path.basename(words[0])
    return 'a command or file'

def respond(request):
    try:
        if 'load' in request:
            return load(request['load'])
        if 'evaluate' in request:
            return evaluate(request['evaluate'], request['re'], request['origin'])
        if 'call' in request:
            return call(functions[request['call']], request['arguments'])
        if 'compare' in request:
            return arrange(request['items'], functools.cmp_to_key(functions[request['compare']]))
        return arrange(request['items'], functions[request['key']])
    except BaseException as error:
        return describe(error)

def serve():
    os.set_inheritable(3, False)
    os.set_inheritable(4, False)
    lines = queue.SimpleQueue()
    idle = threading.Event()
    idle.set()

    def read():
        with open(3, 'rb') as stream:
            for line in stream:
                lines.put(line)
        # Nobody waits for what is being worked on: it would go on for ever, and so would what it started.
        if not idle.is_set() and os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        lines.put(b'')

    threading.Thread(target=read, daemon=True).start()
    with open(4, 'wb') as answers:
        for line in iter(lines.get, b''):
            idle.clear()
            answers.write(json.dumps(respond(json.loads(line))).encode('ascii') + b'\n')
            answers.flush()
            idle.set()

serve()
`
