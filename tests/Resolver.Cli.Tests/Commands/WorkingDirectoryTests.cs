using Resolver.Cli.Terminal;
using Resolver.Testing;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Python puts the working directory in front of its path for code that is given to it; what lies there must
/// not stand in for the standard library.</summary>
public sealed class WorkingDirectoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public WorkingDirectoryTests() => PythonOnPath.NeedPip();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Modules_beside_the_user_do_not_disturb_interpreters()
    {
        foreach (var module in new[] { "json", "platform", "sysconfig", "importlib", "tempfile", "typing", "shutil" })
            folder.Write($"{module}.py", "raise SystemExit('a module of the working directory')\n");
        new ToyWheel("lib", "1.0").With("lib.py", "").In(folder["archive"]);

        foreach (
            var arguments in (string[][])
                [
                    ["plan", "lib", "-f", "archive"],
                    ["install", "lib", "-f", "archive", "--prefix", "prefix", "--smoke"],
                    ["check", "--prefix", "prefix"],
                    ["doctor", "lib", "--prefix", "prefix"],
                ]
        )
        {
            var run = ProgramProcess.RunIn(
                folder.Path,
                new() { ["RESOLVER_STATE_DIR"] = folder["state"], ["XDG_CACHE_HOME"] = folder["cache"] },
                arguments
            );

            Assert.DoesNotContain(
                "a module of the working directory",
                run.Output + run.Error,
                StringComparison.Ordinal
            );
            if (arguments[0] is not ("check" or "doctor"))
                Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        }
    }
}
