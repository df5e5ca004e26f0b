"""The commands behind the Makefile."""

import argparse
import os
import subprocess
import sys

OLDEST = (3, 10)
if sys.version_info < OLDEST:
    sys.exit("Sercom needs Python 3.10 or later: sudo apt-get install python3")

from . import (  # noqa: E402
    addons,
    architecture,
    bench_data,
    benchmark,
    cleaning,
    console,
    debian,
    demo,
    i18n,
    lint,
    packages,
    postgres,
    server,
    testing,
    upstream,
    workspace,
)


def run(args):
    """Serve the demo database."""
    server.check_port(args.port)
    space = workspace.prepare()
    postgres.ensure({})
    demo.ensure(space, args.db, args.fresh)
    server.run(space, args.db, args.port)


def copy(args):
    """Copy the demo database as it is now."""
    if not args.db:
        raise console.Problem("Name the copy: make copy DB=name")
    demo.copy(workspace.prepare(), args.db, args.fresh)
    console.say(f"make run DB={args.db} PORT=… serves the copy.")


def test(args):
    """Run the tests, or some of them."""
    space = workspace.prepare(debian.FOR_TESTS)
    selection = testing.Selection(
        tuple(args.targets),
        args.keyword,
        args.workers,
        args.clock,
        args.slow,
        args.today,
        args.screens,
    )
    if not args.alone:
        return testing.run(space, selection)
    names = list(addons.suite()) if args.alone == "all" else addons.changed()
    return testing.run_alone(space, selection, names)


def shell(args):
    """Open Odoo's shell, or feed it the script on standard input."""
    space = workspace.prepare()
    if args.db == demo.NAME:
        demo.ensure(space)
    command = space.command("shell", "--database", args.db, "--no-http", "--log-level", "warn")
    return subprocess.run(command, env=space.environment(), check=False).returncode


def lint_(args):
    """Check the code."""
    space = workspace.prepare()
    if args.fix:
        lint.fix(space)
        return 0
    return 0 if lint.run(space, args.quick) else 1


def env(args):
    """Print the shell's exports that lead to this checkout's Odoo and PostgreSQL."""
    print(workspace.prepare().exports())


def bench(args):
    """Measure Sercom against its peers."""
    benchmark.run(workspace.prepare(), args.names)


def bench_data_(args):
    """Make a firm of many years for the benchmarks, and keep it."""
    name = bench_data.ensure(workspace.prepare(), args.jobs)
    console.say(f"make run DB={name} serves it.")


def bench_large_(args):
    """Measure every screen on 100,000 jobs beside 10,000."""
    return 0 if benchmark.run_large(workspace.prepare(), args.few, args.many) else 1


def upstream_(args):
    """Run the tests of Odoo and OCA with Sercom and without, and compare."""
    return 0 if upstream.run(workspace.prepare(debian.FOR_TESTS), args.names) else 1


def map_(args):
    """Draw the map of the add-ons in docs/architecture.md."""
    architecture.write()


def i18n_(args):
    """Write the translation templates anew and merge them into the French."""
    i18n.run(workspace.prepare())


def package(args):
    """Build each add-on's wheel in dist/."""
    packages.build(workspace.prepare())


def stop(args):
    """Stop the servers and PostgreSQL."""
    server.stop()
    postgres.stop()


def clean(args):
    """Remove this checkout's databases and state; with --all, the shared cache too."""
    stop(args)
    cleaning.clean(everything=args.all)


def _parser():
    parser = argparse.ArgumentParser(prog="python3 -m dev", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(function):
        sub = commands.add_parser(
            function.__name__.strip("_").replace("_", "-"), help=function.__doc__
        )
        sub.set_defaults(function=function)
        return sub

    sub = command(run)
    sub.add_argument("--db", default=demo.NAME)
    sub.add_argument("--port", type=int, default=8069)
    sub.add_argument("--fresh", action="store_true", help="make the demo company anew")
    sub = command(copy)
    sub.add_argument("--db")
    sub.add_argument("--fresh", action="store_true", help="in place of one with this name")
    sub = command(test)
    sub.add_argument("targets", nargs="*", help="folder, file or file::Class::test; all by default")
    sub.add_argument("-k", dest="keyword", help="only the tests whose name matches")
    sub.add_argument("-n", dest="workers", help="number of processes")
    sub.add_argument("--slow", action="store_true", help="also the slow tests of a folder")
    sub.add_argument("--today", action="store_true", help="only the tests that read the clock")
    sub.add_argument(
        "--screens", action="store_true", help="only those that hold a phone or run HOOT, or also"
    )
    sub.add_argument(
        "--alone", help="each add-on with nothing but what it declares: all, or those that changed"
    )
    sub.add_argument("--clock", help="the moment that shall be now, such as 2026-11-29 02:40 (UTC)")
    sub = command(shell)
    sub.add_argument("--db", default=demo.NAME)
    command(env)
    sub = command(lint_)
    sub.add_argument("--quick", action="store_true", help="only the checks without a database")
    sub.add_argument("--fix", action="store_true", help="rewrite the files instead")
    sub = command(bench)
    sub.add_argument("names", nargs="*", help="benchmarks to run: clock, planning")
    sub = command(bench_data_)
    sub.add_argument("jobs", nargs="?", type=int, default=bench_data.JOBS)
    sub = command(bench_large_)
    sub.add_argument("few", nargs="?", type=int, default=benchmark.FEW)
    sub.add_argument("many", nargs="?", type=int, default=benchmark.MANY)
    sub = command(upstream_)
    sub.add_argument("names", nargs="*", help="add-ons whose tests to run")
    command(map_)
    command(i18n_)
    command(package)
    command(stop)
    sub = command(clean)
    sub.add_argument("--all", action="store_true")
    return parser


def main():
    """Run a command; a problem is one line, not a traceback."""
    args = _parser().parse_args()
    os.umask(0o022)
    try:
        return args.function(args)
    except console.Problem as problem:
        console.say(str(problem))
        return 1
    except KeyboardInterrupt:
        console.say("Interrupted.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
