using System.Formats.Tar;
using System.IO.Compression;
using Resolver.Execution.Destinations;
using Resolver.Execution.Frontends;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Interpreters;
using Resolver.Resolution.Plans;
using Xunit;

namespace Resolver.Execution.Tests;

/// <summary>The quickstart corpus, installed by the real pip for an interpreter that has no distribution at all.
/// Paths have spaces and letters outside ASCII.</summary>
public sealed class RealPipTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_batch_is_built_in_order_and_imports_from_the_prefix()
    {
        var python = await RealPython.EmptyEnvironmentAsync(folder["venv"]);
        var destination = new InstallDestination.Prefix(folder["préfix é"]);

        var outcome = await (await ExecutorAsync(python, destination)).RunAsync(Batch());

        AssertCompleted(outcome);
        var page = await Python.RunAsync(
            python.Executable,
            ["-c", "import poster; print(poster.poster('hello'))"],
            ("PYTHONPATH", destination.SiteFolders(python)[0])
        );
        Assert.Contains("P O S T E R   1 . 0", page, StringComparison.Ordinal);
        Assert.Contains("H E L L O", page, StringComparison.Ordinal);
    }

    /// <summary>Everything between a plan and an import, with the pip that each brings: 23.0 to 25.1, so far.</summary>
    [Theory]
    [InlineData("3.8")]
    [InlineData("3.9")]
    [InlineData("3.10")]
    [InlineData("3.11")]
    [InlineData("3.12")]
    [InlineData("3.13")]
    [InlineData("3.14")]
    public async Task Every_CPython_of_the_machine_builds_and_installs_with_its_own_pip(string version)
    {
        var (python, own) = await RealPython.OtherVersionAsync(version, folder["venv"]);
        var destination = new InstallDestination.Prefix(folder["préfix é"]);
        var executor = new PlanExecutor(
            python,
            await PipFrontend.FindAsync(python, own),
            destination,
            new ExecutionOptions { RunsFolder = folder["runs"] }
        );

        AssertCompleted(await executor.RunAsync(Letters()));

        await Python.RunAsync(
            python.Executable,
            ["-c", "import letters"],
            ("PYTHONPATH", destination.SiteFolders(python)[0])
        );
    }

    [Theory]
    [InlineData("/usr/bin/python3")] // Debian's own layout
    [InlineData("/usr/bin/pypy3")] // the oldest Python that Debian 12 offers, 3.9
    public async Task Another_layout_of_prefixes_is_followed(string executable)
    {
        var python = await RealPython.AskAsync(executable);
        var destination = new InstallDestination.Prefix(folder["prefix"]);

        var outcome = await (await ExecutorAsync(python, destination)).RunAsync(Letters());

        AssertCompleted(outcome);
        Assert.True(File.Exists(Path.Combine(destination.SiteFolders(python)[0], "letters", "__init__.py")));
        Assert.True(File.Exists(Path.Combine(destination.ScriptFolder(python), "letters")));
    }

    [Fact]
    public async Task A_target_takes_several_projects_and_replaces_one_of_them_cleanly()
    {
        var python = await RealPython.EmptyEnvironmentAsync(folder["venv"]);
        var destination = new InstallDestination.Target(folder["target"]);
        var executor = await ExecutorAsync(python, destination);
        AssertCompleted(await executor.RunAsync(Letters()));
        Assert.True(File.Exists(folder["target", "bin", "letters"]));

        AssertCompleted(
            await executor.RunAsync(
                new ToyPlan()
                    .Keep("tinybuild", "2.0")
                    .Install(Archive("letters-1.1.tar.gz"), "letters", "1.1", build: "tinybuild>=1.1")
                    .Plan()
            )
        );

        Assert.False(File.Exists(folder["target", "bin", "letters"]));
        Assert.Equal(
            ["letters-1.1.dist-info", "tinybuild-2.0.dist-info"],
            Directory
                .EnumerateDirectories(destination.Base, "*.dist-info")
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_root_holds_the_files_below_the_prefix_they_are_for()
    {
        var python = await RealPython.EmptyEnvironmentAsync(folder["venv"]);
        var destination = new InstallDestination.Root(folder["image"], "/opt/x");

        AssertCompleted(await (await ExecutorAsync(python, destination)).RunAsync(Inkpot()));

        Assert.StartsWith(
            folder["image", "opt", "x", "lib"],
            Assert.Single(destination.SiteFolders(python)),
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(Path.Combine(destination.SiteFolders(python)[0], "inkpot.py")));
    }

    [Fact]
    public async Task A_project_in_a_subfolder_of_an_archive_is_built_there()
    {
        var python = await RealPython.EmptyEnvironmentAsync(folder["venv"]);
        var archive = Subfolder("tinybuild-1.1", folder["whole-1.0.tar.gz"]);
        var destination = new InstallDestination.Prefix(folder["prefix"]);
        var plan = new ToyPlan().Install(archive + "#subdirectory=sub ü", "tinybuild", "1.1").Plan();

        AssertCompleted(await (await ExecutorAsync(python, destination)).RunAsync(plan));
    }

    [Fact]
    public async Task A_build_that_fails_is_reported_with_the_backends_own_words()
    {
        var python = await RealPython.EmptyEnvironmentAsync(folder["venv"]);
        // letters 1.1 is not content with tinybuild 1.0, whatever this plan says.
        var plan = new ToyPlan()
            .Install(Archive("tinybuild-1.0.tar.gz"), "tinybuild", "1.0")
            .Install(Archive("letters-1.1.tar.gz"), "letters", "1.1", build: "tinybuild")
            .Plan();

        var outcome = await (await ExecutorAsync(python, new InstallDestination.Prefix(folder["prefix"]))).RunAsync(
            plan
        );

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(outcome);
        Assert.Equal(FailureCodes.FrontendFailed, failed.Code);
        Assert.Contains(
            failed.LogTail,
            line => line.Contains("tinybuild 1.0 does not know 'data', which letters uses", StringComparison.Ordinal)
        );
        Assert.Contains("letters-1.1.tar.gz", File.ReadAllText(failed.LogPath!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_a_finder_reveals_serves_a_build()
    {
        var python = await RealPython.EmptyEnvironmentAsync(folder["venv"]);
        var hidden = new InstallDestination.Prefix(folder["somewhere"]);
        AssertCompleted(
            await (await ExecutorAsync(python, hidden)).RunAsync(
                new ToyPlan().Install(Archive("tinybuild-2.0.tar.gz"), "tinybuild", "2.0").Plan()
            )
        );
        var caller = CallerWithFinder(hidden.SiteFolders(python)[0]);
        var plan = new ToyPlan()
            .Keep("tinybuild", "2.0")
            .Install(Archive("letters-2.0.tar.gz"), "letters", "2.0", build: "tinybuild>=2")
            .Plan();

        var outcome = await (
            await ExecutorAsync(python, new InstallDestination.Prefix(folder["prefix"]), caller)
        ).RunAsync(plan);

        AssertCompleted(outcome);
    }

    [Fact]
    public async Task Variables_and_files_that_configure_pip_have_no_effect()
    {
        var python = await RealPython.EmptyEnvironmentAsync(folder["venv"]);
        File.WriteAllText(folder["pip.conf"], "[global]\ntarget = /nowhere\n");
        var caller = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = folder.Path,
            ["PIP_CONFIG_FILE"] = folder["pip.conf"],
            ["PIP_TARGET"] = "/nowhere",
            ["PIP_REQUIRE_HASHES"] = "1",
            ["PIP_ROOT"] = folder["leak"],
        };

        AssertCompleted(
            await (await ExecutorAsync(python, new InstallDestination.Prefix(folder["prefix"]), caller)).RunAsync(
                Inkpot()
            )
        );

        Assert.False(Directory.Exists(folder["leak"]));
    }

    private static Plan Batch()
    {
        string File(string name) => Path.Combine(Repository.Quickstart, "batch", name);
        return new ToyPlan()
            .Install(File("tinybuild-2.0.tar.gz"), "tinybuild", "2.0")
            .Install(File("inkpot-0.9.zip"), "inkpot", "0.9", build: "tinybuild")
            .Install(File("letters-1.1.tar.gz"), "letters", "1.1", build: "tinybuild>=1.1")
            .Install(
                File("letter_stamp-1.0.tar.bz2"),
                "letter-stamp",
                "1.0",
                build: "tinybuild>=1.0",
                run: "letters>=1.0"
            )
            .Install(
                File("poster-1.0.tar.gz"),
                "poster",
                "1.0",
                build: "tinybuild>=1.1;letter-stamp",
                run: "letters>=1.0,<2"
            )
            .Plan();
    }

    private static Plan Letters() =>
        new ToyPlan()
            .Install(Archive("tinybuild-2.0.tar.gz"), "tinybuild", "2.0")
            .Install(Archive("letters-2.0.tar.gz"), "letters", "2.0", build: "tinybuild>=2")
            .Plan();

    // A wheel: where nothing but pip's installing is looked at, nothing needs to be built.
    private static Plan Inkpot() =>
        new ToyPlan().Install(Archive("inkpot-1.0-py3-none-any.whl"), "inkpot", "1.0").Plan();

    private static string Archive(string name) => Path.Combine(Repository.Quickstart, "archive", name);

    private async Task<PlanExecutor> ExecutorAsync(
        Interpreter python,
        InstallDestination destination,
        IReadOnlyDictionary<string, string>? caller = null
    ) =>
        new(
            python,
            await PipFrontend.FindAsync(python, callerEnvironment: caller),
            destination,
            new ExecutionOptions { RunsFolder = folder["runs"], CallerEnvironment = caller }
        );

    // A tarball whose project is not at its top: the given release of the corpus, unpacked one folder deeper.
    private string Subfolder(string release, string archive)
    {
        using (var packed = new GZipStream(File.OpenRead(Archive(release + ".tar.gz")), CompressionMode.Decompress))
            TarFile.ExtractToDirectory(packed, folder.Path, overwriteFiles: false);
        Directory.CreateDirectory(folder["whole-1.0"]);
        Directory.Move(folder[release], folder["whole-1.0", "sub ü"]);
        using var target = new GZipStream(File.Create(archive), CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(folder["whole-1.0"], target, includeBaseDirectory: true);
        return archive;
    }

    private Dictionary<string, string> CallerWithFinder(string hidden)
    {
        Directory.CreateDirectory(folder["start-up"]);
        File.WriteAllText(
            folder["start-up", "sitecustomize.py"],
            $"""
            import sys
            from importlib.machinery import PathFinder
            from importlib.metadata import DistributionFinder, MetadataPathFinder

            HIDDEN = [{'"' + hidden + '"'}]

            class Finder:
                @staticmethod
                def find_spec(name, path=None, target=None):
                    return PathFinder.find_spec(name, HIDDEN) if path is None else None

                @staticmethod
                def find_distributions(context=DistributionFinder.Context()):
                    return MetadataPathFinder.find_distributions(DistributionFinder.Context(name=context.name, path=HIDDEN))

            sys.meta_path.append(Finder)
            """
        );
        return new()
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = folder.Path,
            ["PYTHONPATH"] = folder["start-up"],
        };
    }

    private static void AssertCompleted(ExecutionOutcome outcome)
    {
        if (outcome is ExecutionOutcome.StepFailed failed)
            Assert.Fail($"{failed.Reason}\n{string.Join('\n', failed.LogTail)}");
        Assert.IsType<ExecutionOutcome.Completed>(outcome);
    }
}
