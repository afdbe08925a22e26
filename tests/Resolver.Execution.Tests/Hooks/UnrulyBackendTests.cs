using Resolver.Execution.Hooks;
using Resolver.Interpreters;
using Xunit;

namespace Resolver.Execution.Tests.Hooks;

/// <summary>Whatever a backend does to its process, its answer arrives, or the reason that it gave.</summary>
public sealed class UnrulyBackendTests
{
    private const string Answering = """
        import os
        def prepare_metadata_for_build_wheel(folder, settings=None):
            disturb()
            info = os.path.join(folder, 'app-1.2.dist-info')
            mkdir(info)
            with open_file(os.path.join(info, 'METADATA'), 'w') as file:
                file.write('Metadata-Version: 2.1\nName: app\nVersion: 1.2\n')
            return 'app-1.2.dist-info'
        mkdir, open_file = os.mkdir, open

        """;

    [Theory]
    [InlineData("import sys; sys.argv[:] = ['setup.py']")]
    [InlineData("import sys; sys.argv = []")]
    [InlineData("import sys; sys.path[:] = []; sys.modules.pop('json')")]
    [InlineData("os.environ.clear()")]
    [InlineData("os.chdir('/')")]
    [InlineData("import sys; sys.stdout = sys.stderr = None")]
    [InlineData("import sys; sys.stdout.close(); sys.stderr.close()")]
    [InlineData("null = os.open('/dev/null', os.O_WRONLY); os.dup2(null, 1); os.dup2(null, 2)")]
    [InlineData("os.closerange(0, 256)")]
    [InlineData("print('{\"metadata\": \"other-1.dist-info\"}' * 1000)")]
    [InlineData("import threading, time; threading.Thread(target=time.sleep, args=(600,)).start()")]
    [InlineData("import subprocess; subprocess.Popen(['sleep', '600'])")]
    [InlineData("import atexit, time; atexit.register(time.sleep, 600)")]
    [InlineData("import json; json.dump = json.dumps = None; os.replace = os.getpid = None")]
    [InlineData("import signal; signal.alarm(300)")]
    [InlineData("import sys; sys.setrecursionlimit(60)")]
    [InlineData("if os.fork() == 0: raise ValueError('a copy of the process')")]
    public async Task An_answer_arrives_whatever_the_backend_did_before(string disturbance)
    {
        using var world = new HookWorld().With(
            "backend.py",
            Answering + "def disturb():\n    " + disturbance.Replace("; ", "\n    ", StringComparison.Ordinal) + "\n"
        );
        world.TimeLimit = TimeSpan.FromSeconds(60);

        Assert.Equal("app 1.2", HookWorld.Said(await world.AskAsync(await RealPython.AskAsync(), "backend", ".")));
    }

    [Theory]
    [InlineData("os._exit(0)", "ended without an answer, with exit code 0: said last")]
    [InlineData("os._exit(7)", "ended without an answer, with exit code 7: said last")]
    [InlineData("import sys; sys.exit(0)", "failed: said last")]
    [InlineData("import sys; sys.exit(3)", "failed: said last")]
    [InlineData("import sys; sys.exit('no compiler')", "failed: no compiler")]
    [InlineData("raise ValueError('the moon\\n is full')", "failed: is full;")]
    [InlineData("import sys; sys.stderr = None; raise KeyError('gone')", "failed: KeyError: 'gone'")]
    [InlineData("os.closerange(0, 256); raise KeyError('gone')", "failed: KeyError: 'gone'")]
    [InlineData(
        "import signal; os.kill(os.getpid(), signal.SIGKILL)",
        "ended without an answer, with exit code 137: said last"
    )]
    public async Task A_failure_is_reported_with_the_last_line_of_the_backend(string failure, string said)
    {
        using var world = new HookWorld().With(
            "backend.py",
            Answering
                + "def disturb():\n    print('said last', flush=True)\n    "
                + failure.Replace("; ", "\n    ", StringComparison.Ordinal)
                + "\n"
        );

        var outcome = await world.AskAsync(await RealPython.AskAsync(), "backend", ".");

        var failed = Assert.IsType<HookOutcome.Failed>(outcome);
        Assert.Equal(HookCodes.Failed, failed.Code);
        Assert.Contains(said, failed.Message, StringComparison.Ordinal);
    }
}
