using CliWrap;
using Resolver.Archives.Distributions;
using Resolver.Archives.Tests;
using Resolver.Packaging.Distributions;
using Xunit;

namespace Resolver.Interpreters.Tests;

/// <summary>What a real interpreter says of itself, start-up files included.</summary>
public sealed class InterpreterTests
{
    private static readonly Lazy<bool> HasPython = new(() =>
    {
        try
        {
            return Cli.Wrap("python3")
                    .WithArguments("--version")
                    .WithValidation(CommandResultValidation.None)
                    .ExecuteAsync()
                    .Task.GetAwaiter()
                    .GetResult()
                    .ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    private static Task<Interpreter> Ask(params string[] path)
    {
        Assert.SkipUnless(HasPython.Value, "python3 is not on PATH");
        return Interpreter.ProbeAsync("python3", path, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task It_says_markers_tags_layout_and_paths()
    {
        var python = await Ask();

        Assert.StartsWith("3.", python.Environment.PythonVersion, StringComparison.Ordinal);
        Assert.StartsWith(
            python.Environment.PythonVersion,
            python.Environment.PythonFullVersion,
            StringComparison.Ordinal
        );
        Assert.Contains(python.Tags.Tags, t => t.ToString() == "py3-none-any");
        Assert.Contains(
            python.Tags.Tags,
            t =>
                t.Interpreter == $"cp{python.Environment.PythonVersion.Replace(".", "", StringComparison.Ordinal)}"
                || python.Environment.ImplementationName != "cpython"
        );
        Assert.EndsWith("-packages", python.PrefixLayout["purelib"], StringComparison.Ordinal);
        Assert.Equal(["data", "platlib", "purelib", "scripts"], python.PrefixLayout.Keys.Order(StringComparer.Ordinal));
        Assert.NotEmpty(python.SearchPath);
        Assert.True(Path.IsPathRooted(python.Executable));
    }

    [Theory]
    [InlineData("3.7.9", "it is Python 3.7.9; Python 3.8 or later is needed")]
    [InlineData("2.7.18", "it is Python 2.7.18; Python 3.8 or later is needed")]
    [InlineData("3.8.0", null)]
    [InlineData("3.15.0a1", null)]
    public async Task A_python_too_old_is_refused_by_its_version_and_a_newer_one_never(string version, string? refusal)
    {
        Assert.SkipUnless(
            HasPython.Value && !OperatingSystem.IsWindows(),
            "python3 is not on PATH, or there is no shell"
        );
        using var scratch = new Scratch();
        scratch.Write(
            "old",
            $"""
            #!/bin/sh
            python3 "$@" | sed -E 's/("python_full_version": )"[^"]*"/\1"{version}"/; s/("python_version": )"[^"]*"/\1"{string.Join(
                '.',
                version.Split('.').Take(2)
            )}"/'

            """
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(scratch["old"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var asked = await Record.ExceptionAsync(() =>
            Interpreter.ProbeAsync(scratch["old"], [], TestContext.Current.CancellationToken)
        );

        Assert.Equal(refusal is null ? null : $"{scratch["old"]}: {refusal}", asked?.Message);
        if (refusal is not null)
            Assert.IsType<InterpreterException>(asked);
    }

    [Fact]
    public async Task The_given_directories_come_first_and_what_they_shadow_is_marked()
    {
        using var scratch = new Scratch();
        scratch.Write("one/pip-0.1.dist-info/METADATA", "Metadata-Version: 2.1\nName: pip\nVersion: 0.1\n");
        scratch.Write(
            "two/PIP-0.2.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: PIP\nVersion: 0.2\nRequires-Dist: x; extra == 'y'\n"
        );

        var python = await Ask(scratch["one"], scratch["two"]);

        var pips = python.Installed.Where(d => d.Name?.Normalized == "pip").ToList();
        Assert.Equal(["0.1", "0.2"], pips.Take(2).Select(d => d.Version.ToString()));
        Assert.Empty(pips[0].Problems);
        Assert.All(pips.Skip(1), d => Assert.Contains(d.Problems, p => p is { Code: "shadowed", Fatal: false }));
        Assert.Equal(MetadataSource.Installed, pips[0].Known["requires_dist"]);
        Assert.Equal(DistributionKind.Installed, pips[0].Kind);
        Assert.Contains(scratch["one"], python.SearchPath);
    }

    /// <summary>A finder that only sitecustomize installs, as in a nonstandard prefix; its distribution has no path.
    /// Start-up files also print.</summary>
    [Fact]
    public async Task Distributions_behind_a_custom_finder_count_and_what_start_up_files_print_does_no_harm()
    {
        using var scratch = new Scratch();
        scratch.Write(
            "site/sitecustomize.py",
            """
            import sys
            from importlib import metadata
            print("hello from sitecustomize")
            class Made(metadata.Distribution):
                def read_text(self, name):
                    return "Metadata-Version: 2.1\nName: behind-a-finder\nVersion: 3.4\n" if name == "METADATA" else None
                def locate_file(self, path):
                    raise NotImplementedError
            class Finder:
                def find_spec(self, name, path=None, target=None):
                    return None
                def find_distributions(self, context=metadata.DistributionFinder.Context()):
                    yield Made()
            sys.meta_path.append(Finder())
            """
        );

        var python = await Ask(scratch["site"]);

        var made = Assert.Single(python.Installed, d => d.Name?.Normalized == "behind-a-finder");
        Assert.Null(made.Path);
        Assert.Equal("3.4", made.Version.ToString());
    }

    [Fact]
    public async Task Broken_distributions_and_failing_finders_are_survived()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["site/nothing-1.dist-info"]);
        scratch.Write("site/good-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: good\nVersion: 1.0\n");
        scratch.Write("site/egg-2.0.egg-info/PKG-INFO", "Metadata-Version: 1.1\nName: egg\nVersion: 2.0\n");
        scratch.Write("site/egg-2.0.egg-info/requires.txt", "good\n\n[x]\nother\n");
        scratch.Write(
            "site/sitecustomize.py",
            """
            import sys
            class Finder:
                def find_spec(self, name, path=None, target=None):
                    return None
                def find_distributions(self, context=None):
                    raise RuntimeError("no")
            sys.meta_path.append(Finder())
            """
        );

        var python = await Ask(scratch["site"]);

        Assert.Contains(python.Installed, d => d.Name?.Normalized == "good");
        Assert.Contains(python.Installed, d => d.Name is null && d.Problems.Any(p => p.Fatal));
        var egg = Assert.Single(python.Installed, d => d.Name?.Normalized == "egg");
        Assert.Equal(["good", "other; extra == \"x\""], egg.RequiresDist!.Select(r => r.ToString()));
        Assert.Contains("RuntimeError", python.InstalledError, StringComparison.Ordinal);
        Assert.Contains("the finder sitecustomize.Finder failed", python.InstalledError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_up_code_that_fails_is_named_with_its_error_and_never_cached()
    {
        using var scratch = new Scratch();
        scratch.Write("site/sitecustomize.py", "import no_such_module_here\n");
        var cache = new InterpreterCache(scratch["cache"]);

        var python = await Interpreter.ProbeAsync(
            "python3",
            [scratch["site"]],
            cache,
            installed: true,
            TestContext.Current.CancellationToken
        );

        Assert.Contains(
            "sitecustomize failed when the interpreter started (ModuleNotFoundError: No module named "
                + "'no_such_module_here')",
            python.InstalledError,
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(scratch["cache"]));
    }

    [Theory]
    [InlineData(
        "Error in usercustomize; set PYTHONVERBOSE for traceback:\nValueError: no\n",
        "usercustomize failed when the interpreter started (ValueError: no)"
    )]
    [InlineData(
        "Error processing line 1 of /s/x.pth:\n\n  Traceback (most recent call last):\n    File \"<string>\"\n  "
            + "ImportError: no y\n\nRemainder of file ignored\n",
        "/s/x.pth failed when the interpreter started (ImportError: no y)"
    )]
    public void What_python_says_of_failed_start_up_code_is_read(string said, string expected) =>
        Assert.StartsWith(expected, Assert.Single(StartUpFailures.Of(said)), StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_interpreter_is_one_line()
    {
        var error = await Assert.ThrowsAsync<InterpreterException>(() =>
            Interpreter.ProbeAsync("/no/such/python", [], TestContext.Current.CancellationToken)
        );

        Assert.Contains("/no/such/python", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_program_that_is_no_interpreter_is_one_line()
    {
        Assert.SkipUnless(File.Exists("/bin/true"), "needs /bin/true");
        var error = await Assert.ThrowsAsync<InterpreterException>(() =>
            Interpreter.ProbeAsync("/bin/true", [], TestContext.Current.CancellationToken)
        );

        Assert.Contains("did not describe itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interpreter_that_never_answers_is_given_up()
    {
        Assert.SkipUnless(HasPython.Value && !OperatingSystem.IsWindows(), "python3 is not on PATH");
        using var scratch = new Scratch();
        scratch.Write("sitecustomize.py", "import time\ntime.sleep(600)\n");

        var error = await Assert.ThrowsAsync<InterpreterException>(() =>
            InterpreterProbe.AskAsync(
                "python3",
                [scratch.Folder],
                TimeSpan.FromSeconds(1),
                TestContext.Current.CancellationToken
            )
        );

        Assert.Contains("no answer", error.Message, StringComparison.Ordinal);
    }
}
