using Resolver.Execution.Destinations;
using Resolver.Execution.Frontends;
using Resolver.Execution.Outcomes;
using Xunit;

namespace Resolver.Execution.Tests.Frontends;

/// <summary>Which pip drives builds and installs (contract, <c>--pip</c>).</summary>
public sealed class PipFrontendTests : IDisposable
{
    private readonly FakePip pip = new();

    public void Dispose() => pip.Dispose();

    [Fact]
    public async Task The_targets_own_pip_comes_first()
    {
        var found = await PipFrontend.FindAsync(pip.Interpreter with { PipVersion = "23.2.1" }, null, Path("22.3"));

        Assert.Equal(pip.Interpreter.Executable, found.Executable);
        Assert.Equal(["-m", "pip"], found.Arguments);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("20.0")] // too old to be used at all
    public async Task Without_a_fit_one_of_its_own_a_python_on_the_path_with_a_pip_new_enough_drives_it(string? own)
    {
        var found = await PipFrontend.FindAsync(
            pip.Interpreter with
            {
                PipVersion = own,
            },
            null,
            Path("22.2.9", "24.0", "25.0")
        );

        Assert.Equal(pip["path1", "python3"], found.Executable);
        Assert.Equal(["-m", "pip", "--python", pip.Interpreter.Executable], found.Arguments);
    }

    [Theory]
    [InlineData(null, "has none")]
    [InlineData("21.2.4", "has pip 21.2.4, 21.3 or later is needed")]
    [InlineData("what", "has one of no known version ('what')")]
    public async Task Where_there_is_none_the_message_says_what_was_looked_at(string? own, string said)
    {
        var exception = await Assert.ThrowsAsync<FrontendException>(() =>
            PipFrontend.FindAsync(pip.Interpreter with { PipVersion = own }, null, Path("22.2"))
        );

        Assert.Contains($"{pip.Interpreter.Executable} {said}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("python3 has pip 22.2, 22.3 or later is needed", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--pip", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_one_is_used_or_refused_never_replaced()
    {
        Path("24.0", "20.1");

        var found = await PipFrontend.FindAsync(pip.Interpreter with { PipVersion = "23.2" }, pip["path0", "python3"]);
        var exception = await Assert.ThrowsAsync<FrontendException>(() =>
            PipFrontend.FindAsync(pip.Interpreter, pip["path1", "python3"])
        );
        var missing = await Assert.ThrowsAsync<FrontendException>(() =>
            PipFrontend.FindAsync(pip.Interpreter, pip["nothing"])
        );

        Assert.Equal(pip["path0", "python3"], found.Executable);
        Assert.Contains("this is pip 20.1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("does not start", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_no_pip_is_refused_with_what_it_said()
    {
        var program = pip.Archive("thing", "#!/bin/sh\necho 'I am a thing'");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var exception = await Assert.ThrowsAsync<FrontendException>(() =>
            PipFrontend.FindAsync(pip.Interpreter, program)
        );

        Assert.Equal($"--pip {program}: it is no pip: I am a thing", exception.Message);
    }

    [Theory]
    [InlineData("21.3")] // the oldest there is
    [InlineData("22.1")] // the first that knows settings
    public async Task A_pip_that_cannot_do_what_is_asked_is_refused_before_anything_is_run(string version)
    {
        var plan = new ToyPlan().Install(pip.Archive("a.whl", "put alpha 1.0 a"), "alpha", "1.0").Plan();
        var options = pip.Options with { ConfigSettings = [new(null, "a", "1")] };
        var frontend = pip.Frontend with { Version = Packaging.Versions.Version.Parse(version) };

        var outcome = await new PlanExecutor(
            pip.Interpreter,
            frontend,
            new InstallDestination.Prefix(pip.Prefix),
            options
        ).RunAsync(plan);

        if (version == "22.1")
            Assert.IsType<ExecutionOutcome.Completed>(outcome);
        else
            Assert.Equal(
                "pip 21.3 knows no --config-settings; 22.1 or later is needed",
                Assert.IsType<ExecutionOutcome.Refused>(outcome).Reason
            );
    }

    // Folders with a python3 each, whose pip is of these versions; before them the shell's own programs are out of
    // reach on purpose.
    private Dictionary<string, string> Path(params string[] versions)
    {
        for (var i = 0; i < versions.Length; i++)
        {
            Directory.CreateDirectory(pip[$"path{i}"]);
            var python = pip[$"path{i}", "python3"];
            File.WriteAllText(
                python,
                $"#!/bin/sh\necho 'a warning of a start-up file' >&2\necho 'pip {versions[i]} from /somewhere (python 3.11)'\n"
            );
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(python, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }
        return new() { ["PATH"] = string.Join(':', versions.Select((_, i) => pip[$"path{i}"])) };
    }
}
