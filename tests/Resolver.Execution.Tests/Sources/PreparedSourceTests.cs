using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using CliWrap;
using CliWrap.Buffered;
using Resolver.Execution.Destinations;
using Resolver.Execution.Frontends;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Interpreters;
using Xunit;

namespace Resolver.Execution.Tests.Sources;

/// <summary>Sources that the real pip cannot build as they are: an install builds them, and so does the script of a
/// plan, which is run without this program.</summary>
public sealed class PreparedSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The sdist of tinybuild 2.0, which builds itself, packed otherwise.</summary>
    private string Repacked(string kind)
    {
        Directory.CreateDirectory(folder["unpacked"]);
        using (
            var packed = new GZipStream(
                File.OpenRead(Path.Combine(Repository.Quickstart, "archive", "tinybuild-2.0.tar.gz")),
                CompressionMode.Decompress
            )
        )
            TarFile.ExtractToDirectory(packed, folder["unpacked"], overwriteFiles: false);
        var file = folder["tinybuild-2.0.tar.gz"];
        if (kind == "byte order mark")
        {
            var project = folder["unpacked", "tinybuild-2.0", "pyproject.toml"];
            File.WriteAllBytes(project, [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(project)]);
        }
        using Stream target =
            kind == "tar named gz" ? File.Create(file) : new GZipStream(File.Create(file), CompressionLevel.Fastest);
        using var tar = new TarWriter(target, TarEntryFormat.Pax);
        foreach (var each in Directory.EnumerateFiles(folder["unpacked"], "*", SearchOption.AllDirectories))
            tar.WriteEntry(
                each,
                (kind == "leading dot" ? "./" : "") + Path.GetRelativePath(folder["unpacked"], each).Replace('\\', '/')
            );
        return file;
    }

    [Theory]
    [InlineData("byte order mark")]
    [InlineData("leading dot")]
    [InlineData("tar named gz")]
    public async Task What_pip_cannot_build_is_built_by_an_install_and_by_its_script(string kind)
    {
        var python = await RealPython.EmptyEnvironmentAsync(folder["venv"]);
        var plan = new ToyPlan().Install(Repacked(kind), "tinybuild", "2.0").Plan();

        AssertCompleted(await (await ExecutorAsync(python, folder["installed"])).RunAsync(plan));
        var command = Assert.Single((await ExecutorAsync(python, folder["by hand"])).Commands(plan));
        // pip ends with an error where nobody reads what it prints.
        await Cli.Wrap("/bin/sh")
            .WithArguments(["-c", command.Script])
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        Assert.Contains("# pip cannot build ", command.Script, StringComparison.Ordinal);
        Assert.Equal(Modules("installed"), Modules("by hand"));
        Assert.NotEmpty(Modules("installed"));
    }

    [Fact]
    public async Task What_pip_can_build_is_left_packed()
    {
        var python = await RealPython.EmptyEnvironmentAsync(folder["venv"]);
        var file = Path.Combine(Repository.Quickstart, "archive", "tinybuild-2.0.tar.gz");
        var plan = new ToyPlan().Install(file, "tinybuild", "2.0").Plan();

        var command = Assert.Single((await ExecutorAsync(python, folder["prefix"])).Commands(plan));

        Assert.Equal(file, command.Arguments[^1]);
        Assert.False(Directory.Exists(folder["sources"]));
    }

    /// <summary>The files of the setuptools that comes with Python, as its repository has them: the entry points stand
    /// in pyproject.toml, and there is no egg-info of it.</summary>
    [Fact]
    public async Task Setuptools_builds_itself_from_its_repository()
    {
        const string Debian = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(Debian), $"there is no {Debian}");
        var python = await Interpreter.ProbeAsync(Debian, []);
        Assert.SkipUnless(Succeeds(Debian, "-c", "import wheel, pip"), $"{Debian} has no wheel or no pip");
        var bundled = (await Python.RunAsync(["-c", "import ensurepip; print(ensurepip.__path__[0])"])).Trim();
        var wheel = Directory.Exists(Path.Combine(bundled, "_bundled"))
            ? Directory.EnumerateFiles(Path.Combine(bundled, "_bundled"), "setuptools-*.whl").FirstOrDefault()
            : null;
        Assert.SkipWhen(wheel is null, "python3 brings no setuptools");
        var version = Path.GetFileName(wheel!).Split('-')[1];
        var tree = folder[$"setuptools-{version}"];
        ZipFile.ExtractToDirectory(wheel!, tree);
        var info = Path.Combine(tree, $"setuptools-{version}.dist-info");
        var pyproject = new StringBuilder(
            "[build-system]\nrequires = []\nbuild-backend = 'setuptools.build_meta'\nbackend-path = ['.']\n"
                + $"[project]\nname = 'setuptools'\nversion = '{version}'\n[tool.setuptools]\npackages = ['setuptools']\n"
        );
        foreach (var line in File.ReadLines(Path.Combine(info, "entry_points.txt")).Where(line => line.Length > 0))
            pyproject.Append(
                line[0] == '['
                    ? $"[project.entry-points.'{line.Trim('[', ']')}']\n"
                    : $"'{line.Split(" = ")[0]}' = '{line.Split(" = ")[1]}'\n"
            );
        File.WriteAllText(Path.Combine(tree, "pyproject.toml"), pyproject.ToString());
        Directory.Delete(info, recursive: true);
        var plan = new ToyPlan().Install(tree, "setuptools", version).Plan();

        AssertCompleted(await (await ExecutorAsync(python, folder["prefix"])).RunAsync(plan));

        Assert.False(Directory.Exists(Path.Combine(tree, "setuptools.egg-info")));
        Assert.Contains(
            Directory.EnumerateFiles(folder["prefix"], "entry_points.txt", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains("dist_info = ", StringComparison.Ordinal)
        );
    }

    private async Task<PlanExecutor> ExecutorAsync(Interpreter python, string prefix) =>
        new(
            python,
            await PipFrontend.FindAsync(python),
            new InstallDestination.Prefix(prefix),
            new ExecutionOptions { RunsFolder = folder["runs"], SourcesFolder = folder["sources"] }
        );

    private string[] Modules(string prefix) =>
        [
            .. Directory
                .EnumerateFiles(folder[prefix], "*.py", SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(file)!)
                .Order(StringComparer.Ordinal),
        ];

    private static bool Succeeds(string executable, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(executable, arguments) { RedirectStandardError = true }
        )!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static void AssertCompleted(ExecutionOutcome outcome)
    {
        if (outcome is ExecutionOutcome.StepFailed failed)
            Assert.Fail($"{failed.Reason}\n{string.Join('\n', failed.LogTail)}");
        Assert.IsType<ExecutionOutcome.Completed>(outcome);
    }
}
