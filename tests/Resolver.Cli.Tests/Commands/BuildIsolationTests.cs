using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Contract, <c>--build-isolation per-build</c>: each build gets its own overlay, solved separately.</summary>
public sealed class BuildIsolationTests : IDisposable
{
    private const string Backend = """
        import os, zipfile
        import stamp
        def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
            name, version = 'app', '1'
            file = f'{name}-{version}-py3-none-any.whl'
            with zipfile.ZipFile(os.path.join(wheel_directory, file), 'w') as wheel:
                info = f'{name}-{version}.dist-info'
                wheel.writestr(f'{name}.py', f'built_with = {stamp.version}\n')
                wheel.writestr(f'{info}/METADATA', f'Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nRequires-Dist: stamp>=2\n')
                wheel.writestr(f'{info}/WHEEL', 'Wheel-Version: 1.0\nGenerator: toy\nRoot-Is-Purelib: true\nTag: py3-none-any\n')
                wheel.writestr(f'{info}/RECORD', f'{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n')
            return file
        """;

    private readonly TemporaryFolder folder = new();

    public BuildIsolationTests()
    {
        PythonOnPath.Need();
        folder.Tree("app", "1", requires: ["stamp>=2"], builds: ["stamp<2"]);
        folder.Write("archive/app-1/backend.py", Backend);
        foreach (var version in new[] { "1", "2" })
        {
            folder.Tree("stamp", version);
            folder.Write($"archive/stamp-{version}/stamp.py", $"version = {version}\n");
            folder.Write(
                $"archive/stamp-{version}/backend.py",
                Backend
                    .Replace("import stamp\n", "", StringComparison.Ordinal)
                    .Replace("'app', '1'", $"'stamp', '{version}'", StringComparison.Ordinal)
                    .Replace(
                        "f'built_with = {stamp.version}\\n'",
                        $"'version = {version}\\n'",
                        StringComparison.Ordinal
                    )
                    .Replace("Requires-Dist: stamp>=2\\n", "", StringComparison.Ordinal)
            );
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Builds_that_contradict_the_plan_are_planned_separately()
    {
        Assert.Equal(ExitCode.Impossible, Run("plan", "app").ExitCode);
        var run = Run("plan", "app", "--build-isolation", "per-build");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains(
            "Isolated builds: 3, each in its own environment\n  stage 1  stamp 1, stamp 2\n           with no build "
                + "requirements\n  stage 2  app 1\n           with stamp 1 (tree)\n",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_lock_in_another_folder_restores_the_isolated_builds()
    {
        Run("plan", "app", "--build-isolation", "per-build", "-o", folder["plan.json"]);
        Directory.CreateDirectory(folder["locks"]);
        Run("plan", "app", "--build-isolation", "per-build", "-o", folder["locks/pylock.toml"]);

        var run = Invocation.Of(
            "install",
            "--plan",
            folder["locks/pylock.toml"],
            "--prefix",
            folder["prefix"],
            "--dry-run",
            "--format",
            "json",
            "--no-config"
        );

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        using var written = JsonDocument.Parse(File.ReadAllText(folder["plan.json"]));
        using var read = JsonDocument.Parse(run.Output);
        Assert.Equal(
            FullPaths(written.RootElement.GetProperty("builds").GetRawText()),
            FullPaths(read.RootElement.GetProperty("builds").GetRawText())
        );
        Assert.Contains(
            "\"../archive/stamp-1\"",
            File.ReadAllText(folder["locks/pylock.toml"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_page_and_a_bill_of_materials_say_what_each_build_had()
    {
        Assert.Contains(
            "<td>stamp 1 (tree)</td>",
            Run("plan", "app", "--build-isolation", "per-build", "--format", "html").Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"value\": \"pkg:pypi/stamp@1\"",
            Run("plan", "app", "--build-isolation", "per-build", "--format", "cyclonedx").Output,
            StringComparison.Ordinal
        );
    }

    /// <summary>Paths as seen from the root: a lock's are made relative to the working directory when it is
    /// read.</summary>
    private static string FullPaths(string json) =>
        System.Text.RegularExpressions.Regex.Replace(
            json,
            "\"path\": \"([^\"]*)\"",
            match => $"\"path\": \"{Path.GetFullPath(match.Groups[1].Value)}\""
        );

    [Fact]
    public void A_plan_with_isolated_builds_is_read_back_as_it_was_written()
    {
        Run("plan", "app", "--build-isolation", "per-build", "-o", folder["plan.json"]);

        var run = Invocation.Of(
            "install",
            "--plan",
            folder["plan.json"],
            "--prefix",
            folder["prefix"],
            "--dry-run",
            "--format",
            "json",
            "--no-config"
        );

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal(File.ReadAllText(folder["plan.json"]), run.Output);
    }

    [Theory]
    [InlineData("\"builds\": [", "\"builds\": [], \"was\": [")]
    [InlineData("\"build_isolation\": \"per-build\"", "\"build_isolation\": \"apart\"")]
    public void A_plan_that_lacks_builds_is_refused(string text, string other)
    {
        Run("plan", "app", "--build-isolation", "per-build", "-o", folder["plan.json"]);
        folder.Write("plan.json", File.ReadAllText(folder["plan.json"]).Replace(text, other, StringComparison.Ordinal));

        var run = Invocation.Of(
            "install",
            "--plan",
            folder["plan.json"],
            "--prefix",
            folder["prefix"],
            "--dry-run",
            "--no-config"
        );

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
    }

    [Theory]
    [InlineData]
    [InlineData("--no-wheel-cache")]
    public void Each_build_sees_its_own_environment_and_only_the_plan_is_installed(params string[] options)
    {
        PythonOnPath.NeedPip();

        var run = Invocation.Of([
            "install",
            "app",
            "-f",
            folder["archive"],
            "--prefix",
            folder["prefix"],
            "--build-isolation",
            "per-build",
            "--no-config",
            .. options.Length > 0 ? options : ["--wheel-dir", folder["wheels"]],
        ]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Error);
        Assert.Equal(
            ["app-1", "stamp-2"],
            Directory
                .GetDirectories(folder["prefix"], "*.dist-info", SearchOption.AllDirectories)
                .Select(each => Path.GetFileNameWithoutExtension(each))
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            "built_with = 1\n",
            File.ReadAllText(Directory.GetFiles(folder["prefix"], "app.py", SearchOption.AllDirectories).Single())
        );
    }

    [Theory]
    [InlineData("supports one environment only", "plan", "app", "--universal")]
    [InlineData(
        "--format script does not support isolated builds",
        "install",
        "app",
        "--dry-run",
        "--format",
        "script"
    )]
    [InlineData(
        "--executor slurm cannot be combined with --build-isolation per-build",
        "install",
        "app",
        "--executor",
        "slurm"
    )]
    public void What_cannot_be_meant_is_a_wrong_command_line(string expected, params string[] arguments)
    {
        PythonOnPath.NeedPip();

        var run = Run([
            .. arguments,
            "--build-isolation",
            "per-build",
            .. arguments[0] == "install" ? new[] { "--prefix", folder["prefix"] } : [],
        ]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_build_lacks_is_missing()
    {
        Directory.Delete(folder["archive/stamp-1"], recursive: true);

        var run = Run("missing", "app", "--build-isolation", "per-build", "--format", "json");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Error);
        Assert.Equal(
            "stamp",
            Assert
                .Single(JsonDocument.Parse(run.Output).RootElement.GetProperty("add").EnumerateArray())
                .GetProperty("name")
                .GetString()
        );
        Assert.Contains("\"app 1 (to be built)\"", run.Output, StringComparison.Ordinal);
    }

    private Invocation Run(params string[] arguments) =>
        Invocation.Of([.. arguments, "-f", folder["archive"], "--no-config"]);
}
