using System.Runtime.InteropServices;
using Resolver.Archives.Tests;
using Xunit;

namespace Resolver.Interpreters.Tests;

/// <summary>PEP 739: an installation that says what it is need not be run, where what is installed does not
/// matter.</summary>
public sealed class StaticInterpreterTests
{
    private static readonly string Machine =
        RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";

    public StaticInterpreterTests() =>
        Assert.SkipUnless(
            OperatingSystem.IsLinux()
                && RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) is false,
            "needs Linux with glibc"
        );

    /// <summary>An installation whose interpreter could not be run: four bytes that look like a program.</summary>
    private static string Install(
        Scratch scratch,
        string flags = "",
        string multiarch = "-linux-gnu",
        string? platform = null
    )
    {
        scratch.Write(
            "usr/lib/python3.14/build-details.json",
            $$"""
            {
              "schema_version": "1.0", "base_prefix": "../..", "base_interpreter": "bin/python3.14", "platform": "{{platform
                ?? $"linux-{Machine}"}}",
              "language": { "version": "3.14", "version_info": { "major": 3, "minor": 14, "micro": 2, "releaselevel": "final", "serial": 0 } },
              "implementation": { "name": "cpython", "cache_tag": "cpython-314", "_multiarch": "{{Machine}}{{multiarch}}",
                "version": { "major": 3, "minor": 14, "micro": 2, "releaselevel": "final", "serial": 0 }, "hexversion": 51249904 },
              "abi": { "flags": [{{flags}}], "extension_suffix": ".so", "stable_abi_suffix": ".abi3.so" }
            }
            """
        );
        var program = scratch.Write("usr/bin/python3.14", "\u007fELF");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(scratch["usr/bin/python3"], "python3.14");
        return scratch["usr/bin/python3"];
    }

    private static Task<Interpreter> Ask(string python) =>
        Interpreter.ProbeAsync(
            python,
            [],
            new InterpreterCache(null),
            installed: false,
            mayBeRead: true,
            TestContext.Current.CancellationToken
        );

    [Fact]
    public async Task Markers_and_tags_are_read_without_running_it()
    {
        using var scratch = new Scratch();

        var python = await Ask(Install(scratch));

        Assert.Equal("3.14.2", python.Environment.PythonFullVersion);
        Assert.Equal(
            ("cpython", "linux", Machine),
            (python.Environment.ImplementationName, python.Environment.SysPlatform, python.Environment.PlatformMachine)
        );
        Assert.Contains(
            python.Tags.Tags,
            tag => tag.ToString().StartsWith("cp314-cp314-manylinux_2_", StringComparison.Ordinal)
        );
        Assert.Equal("lib/python3.14/site-packages", python.PrefixLayout["purelib"]);
        Assert.Equal(Path.GetFullPath(scratch["usr"]), python.Prefix);
        Assert.Empty(python.Installed);
    }

    [Fact]
    public async Task A_build_without_the_lock_takes_its_own_extensions_only()
    {
        using var scratch = new Scratch();

        var python = await Ask(Install(scratch, "\"t\""));

        Assert.Equal("cp314t", python.Tags.Tags[0].Abi);
        Assert.DoesNotContain(python.Tags.Tags, tag => tag.Abi == "abi3");
    }

    [Fact]
    public async Task A_virtual_environment_is_that_of_the_installation_it_names()
    {
        using var scratch = new Scratch();
        var python = Install(scratch);
        scratch.Write("venv/pyvenv.cfg", $"home = {scratch["usr/bin"]}\nversion = 3.14.2\n");
        Directory.CreateDirectory(scratch["venv/bin"]);
        File.CreateSymbolicLink(scratch["venv/bin/python"], python);

        var inside = await Ask(scratch["venv/bin/python"]);

        Assert.Equal("3.14.2", inside.Environment.PythonFullVersion);
        Assert.Equal(scratch["venv"], inside.Prefix);
    }

    public static TheoryData<string, string, string?> Unsure =>
        new()
        {
            { "", "-linux-musl", null },
            { "", "-linux-gnu", "linux-riscv64" },
            { "", "-linux-gnu", "win-amd64" },
        };

    [Theory]
    [MemberData(nameof(Unsure))]
    public void Where_something_would_have_to_be_guessed_it_is_asked(string flags, string multiarch, string? platform)
    {
        using var scratch = new Scratch();

        Assert.Null(StaticInterpreter.TryRead(Install(scratch, flags, multiarch, platform)));
    }

    [Fact]
    public void Debian_has_a_layout_that_only_its_interpreter_knows()
    {
        using var scratch = new Scratch();
        var python = Install(scratch);
        Directory.CreateDirectory(scratch["usr/lib/python3/dist-packages"]);

        Assert.Null(StaticInterpreter.TryRead(python));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"schema_version\": \"2.0\"}")]
    public void A_file_that_does_not_exist_is_ignored(string text)
    {
        using var scratch = new Scratch();
        var python = Install(scratch);
        scratch.Write("usr/lib/python3.14/build-details.json", text);

        Assert.Null(StaticInterpreter.TryRead(python));
    }
}
