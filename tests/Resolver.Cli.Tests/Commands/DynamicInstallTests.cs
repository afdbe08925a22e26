using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary><c>install --offline-metadata build</c>, all the way: what only backends know is planned, built and
/// installed, and what is installed is whole.</summary>
public sealed class DynamicInstallTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public DynamicInstallTests() => PythonOnPath.NeedPip();

    public void Dispose() => folder.Dispose();

    /// <summary>app's backend asks for stamp to be built, and for what is given to run. Nothing of it is in any
    /// file.</summary>
    private void WriteApp(string stamp, params string[] requires)
    {
        folder.Sdist(
            "app",
            "1.0",
            Asking(stamp)
                + ToyBackends
                    .Building("app", "1.0", "built_with = 0\n", requires)
                    .Replace("    info =", "    import stamp\n    info =", StringComparison.Ordinal)
                    .Replace("'built_with = 0\\n'", "'built_with = %d\\n' % stamp.version", StringComparison.Ordinal)
                    .Replace("    import zipfile", "    import stamp, zipfile", StringComparison.Ordinal)
        );
        foreach (var version in new[] { "1", "2" })
            folder.Sdist(
                "stamp",
                $"{version}.0",
                ToyBackends.Building("stamp", $"{version}.0", $"version = {version}\n")
            );
    }

    private static string Asking(string requirement) =>
        $"def get_requires_for_build_wheel(settings=None):\n    return ['{requirement}']\n";

    private Invocation Install(params string[] more) =>
        Invocation.Of([
            "install",
            "app",
            "-f",
            folder["archive"],
            "--prefix",
            folder["prefix"],
            "--offline-metadata",
            "build",
            "--cache-dir",
            folder["cache"],
            "--wheel-dir",
            folder["wheels"],
            "--no-config",
            .. more,
        ]);

    private string[] Installed() =>
        [
            .. Directory
                .GetDirectories(folder["prefix"], "*.dist-info", SearchOption.AllDirectories)
                .Select(each => Path.GetFileNameWithoutExtension(each))
                .Order(StringComparer.Ordinal),
        ];

    private string Site =>
        Path.GetDirectoryName(Directory.GetFiles(folder["prefix"], "app.py", SearchOption.AllDirectories).Single())!;

    /// <summary>What pip says of the prefix alone: without the machine's own site folders, of which only pip itself
    /// is lent.</summary>
    private string PipCheck()
    {
        var pip = PythonOnPath.Run("", "-c", "import os, pip; print(os.path.dirname(pip.__file__))").Trim();
        Directory.CreateDirectory(folder["lent"]);
        Directory.CreateSymbolicLink(folder["lent/pip"], pip);
        return PythonOnPath.Run($"{Site}{Path.PathSeparator}{folder["lent"]}", "-S", "-m", "pip", "check").Trim();
    }

    /// <summary>What app requires brings in lib, whose backend requires leaf in turn: the plan is made again each
    /// time.</summary>
    [Fact]
    public void What_backends_require_is_planned_built_and_installed_and_nothing_is_missing()
    {
        WriteApp("stamp", "lib>=2");
        folder.Wheel("lib", "1.0", "py3-none-any");
        folder.Sdist("lib", "2.0", ToyBackends.Building("lib", "2.0", "value = 42\n", "leaf"));
        folder.Wheel("leaf", "1.0", "py3-none-any");
        folder.Sdist(
            "unneeded",
            "1.0",
            $"open(r'{folder["unneeded"]}', 'w')\n" + ToyBackends.Building("unneeded", "1.0", "")
        );

        var run = Install();

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Error);
        Assert.Equal(["app-1.0", "leaf-1.0", "lib-2.0", "stamp-2.0"], Installed());
        Assert.Equal(
            "2 42",
            PythonOnPath.Run(Site, "-S", "-c", "import app, lib; print(app.built_with, lib.value)").Trim()
        );
        Assert.Equal("No broken requirements found.", PipCheck());
        Assert.False(File.Exists(folder["unneeded"]));
    }

    /// <summary>What runs and what builds contradict each other, and only the backend says either: one set has no
    /// plan, builds apart have.</summary>
    [Fact]
    public void What_backends_require_goes_into_the_environment_of_an_isolated_build()
    {
        WriteApp("stamp<2", "stamp>=2");
        Assert.Equal(ExitCode.Impossible, Install().ExitCode);

        var run = Install("--build-isolation", "per-build");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Error);
        Assert.Equal(["app-1.0", "stamp-2.0"], Installed());
        Assert.Equal("1", PythonOnPath.Run(Site, "-S", "-c", "import app; print(app.built_with)").Trim());
        Assert.Equal("No broken requirements found.", PipCheck());
    }

    /// <summary>tool is only in the environment of app's build, and what it needs to run there only its own backend
    /// knows.</summary>
    [Fact]
    public void A_backend_of_what_is_only_in_an_environment_of_a_build_is_asked_too()
    {
        folder.Sdist(
            "app",
            "1.0",
            "import tool\n" + ToyBackends.Building("app", "1.0", ""),
            ["tool"],
            "[project]\nname = \"app\"\nversion = \"1.0\""
        );
        folder.Sdist("tool", "1.0", ToyBackends.Building("tool", "1.0", "", "leaf"));
        folder.Wheel("leaf", "1.0", "py3-none-any");

        var run = Invocation.Of(
            "plan",
            "app",
            "-f",
            folder["archive"],
            "--no-installed",
            "--offline-metadata",
            "build",
            "--cache-dir",
            folder["cache"],
            "--build-isolation",
            "per-build",
            "--no-config"
        );

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Error);
        Assert.Contains("with leaf 1.0 (wheel), tool 1.0 (sdist)", run.Output, StringComparison.Ordinal);
    }
}
