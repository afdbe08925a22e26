using System.Diagnostics;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary><c>-</c> and pipes in place of input files, with the program in a process of its own.</summary>
public sealed class StandardInputTests : IDisposable
{
    private static readonly string Archive = Repository.Quickstart("archive");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--requirement", "letters\n")]
    [InlineData("--script", "# /// script\n# dependencies = ['letters']\n# ///\n")]
    public void Requirements_are_read_from_standard_input(string option, string text)
    {
        PythonOnPath.Need();
        var run = ProgramProcess.RunOn(text, "plan", option, "-", "-f", Archive, "--no-installed");
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("requested", run.Output, StringComparison.Ordinal);
        Assert.Contains("letters 2.0", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--constraint")]
    [InlineData("--overrides")]
    public void Bounds_are_read_from_standard_input(string option)
    {
        PythonOnPath.Need();
        var run = ProgramProcess.RunOn("letters<2\n", "plan", "letters", option, "-", "-f", Archive, "--no-installed");
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("letters 1.1", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Paths of a lock that has no folder are relative to the working directory; both options look at the file
    /// more than once.</summary>
    [Theory]
    [InlineData("pylock.toml")]
    [InlineData("plan.json")]
    public async Task A_plan_or_lock_comes_through_a_pipe(string name)
    {
        PythonOnPath.NeedPip();
        var file = folder[name];
        var format = name == "plan.json" ? "json" : "pylock";
        var planned = ProgramProcess.Run([], "plan", "letters<2", "-f", Archive, "--no-installed", "--format", format);
        Assert.True(planned.ExitCode == ExitCode.Done, planned.Error);
        File.WriteAllText(file, planned.Output);

        var prefix = folder["prefix"];
        var installed = ProgramProcess.RunOn(planned.Output, "install", "--plan", "-", "--prefix", prefix, "--dry-run");
        Assert.True(installed.ExitCode == ExitCode.Done, installed.Error);
        Assert.Contains("Would install 2 distributions", installed.Output, StringComparison.Ordinal);

        var kept = ProgramProcess.RunOn(planned.Output, "plan", "letters", "--lock", "-", "-f", Archive);
        Assert.True(kept.ExitCode == ExitCode.Done, kept.Error);
        Assert.Contains("letters 1.1", kept.Output, StringComparison.Ordinal);

        // Process substitution of a shell: a pipe that has a path.
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no bash");
        var program = Path.Combine(AppContext.BaseDirectory, "resolver.dll");
        var line = $"exec dotnet '{program}' install --plan <(cat '{file}') --prefix '{prefix}' --dry-run";
        using var shell = Process.Start(
            new ProcessStartInfo("/bin/bash", ["-c", line])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var error = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(shell.ExitCode == ExitCode.Done, await error);
        Assert.Contains("Would install 2 distributions", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_hashes_and_a_universe_are_read_from_standard_input()
    {
        var hashes = ProgramProcess.RunOn(
            $"{new string('0', 64)}  letters-2.0.tar.gz\n",
            "scan",
            Archive,
            "--verify",
            "-"
        );
        Assert.Equal(ExitCode.BadInput, hashes.ExitCode);
        Assert.Contains("-: 0 as listed, 0 different", hashes.Output + hashes.Error, StringComparison.Ordinal);

        const string Universe = """{ "root": ["a"], "packages": { "a": [{ "version": "1" }] } }""";
        var solved = ProgramProcess.RunOn(Universe, "solve", "-");
        Assert.True(solved.ExitCode == ExitCode.Done, solved.Error);
        Assert.StartsWith("-: satisfiable", solved.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_defect_names_the_line_of_standard_input()
    {
        var run = ProgramProcess.RunOn("letters\nposter>=\n", "plan", "-r", "-", "-f", Archive);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("error: -:2: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-r", "-", "-c", "-")]
    [InlineData("-r", "-", "-r", "-")]
    public void Standard_input_is_given_to_one_option(params string[] options)
    {
        var run = Invocation.Of(["plan", .. options, "-f", Archive]);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("can be read only once", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--pyproject")]
    [InlineData("--find-links")]
    [InlineData("--editable")]
    public void An_option_that_needs_a_folder_rejects_it(string option) =>
        Assert.Equal(ExitCode.Usage, Invocation.Of("plan", option, "-").ExitCode);

    [Fact]
    public void A_file_of_that_name_is_given_by_a_path()
    {
        PythonOnPath.Need();
        File.WriteAllText(folder["-"], "letters<2\n");
        var run = ProgramProcess.RunIn(folder.Path, [], "plan", "-r", "./-", "-f", Archive, "--no-installed");
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("letters 1.1", run.Output, StringComparison.Ordinal);
    }

    /// <summary>The number of the closed file is given to the next one that the runtime opens, a pipe of its own.
    /// </summary>
    [Fact]
    public void A_closed_standard_input_is_an_error_and_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells a file of the runtime from an inherited one");
        var program = Path.Combine(AppContext.BaseDirectory, "resolver.dll");
        using var shell = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", $"exec dotnet '{program}' plan -r - -f '{Archive}' <&-"])
            {
                RedirectStandardError = true,
            }
        )!;
        var error = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.True(shell.ExitCode == ExitCode.BadInput, error);
        Assert.Contains("-: cannot be read: standard input is closed", error, StringComparison.Ordinal);
    }
}
