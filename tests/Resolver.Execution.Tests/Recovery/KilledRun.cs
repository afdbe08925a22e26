using System.Diagnostics;
using System.Globalization;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Runs;
using Resolver.Resolution.Plans;
using Xunit;

namespace Resolver.Execution.Tests.Recovery;

/// <summary>A prefix that people depend on, a plan of twenty steps for it, and a process of its own that runs it and
/// can be killed.</summary>
internal sealed class KilledRun : IDisposable
{
    public const int Steps = 20;

    private readonly FakePip pip;
    private readonly string planFile;
    private readonly KilledRunKind kind;

    public KilledRun(KilledRunKind kind = KilledRunKind.Steps)
    {
        this.kind = kind;
        pip = new FakePip(kind == KilledRunKind.Hooks ? BuildFrontend.Hooks : BuildFrontend.Pip);
        Prepare();
        planFile = pip["plan.json"];
        File.WriteAllBytes(planFile, PlanJson.Write(Plan()));
        Before = Contents();
    }

    /// <summary>What the prefix held before any run.</summary>
    public SortedDictionary<string, string> Before { get; }

    public string Prefix => pip.Prefix;

    /// <summary>Starts the run and waits for its end.</summary>
    /// <param name="lines">After how many lines of the journal it dies; 0 for never.</param>
    /// <param name="killAfter">After how much time it is killed; null for never.</param>
    public int Run(int lines = 0, TimeSpan? killAfter = null) => Start("run", planFile, lines, killAfter);

    public int Resume(int lines = 0, TimeSpan? killAfter = null) => Start("resume", RunFolder, lines, killAfter);

    public int Undo(int lines = 0, TimeSpan? killAfter = null) => Start("undo", RunFolder, lines, killAfter);

    /// <summary>Another install into the same prefix, in this process.</summary>
    public Task<ExecutionOutcome> InstallAsync(string name, IProgress<ExecutionEvent> progress) =>
        pip.Executor()
            .RunAsync(
                new ToyPlan().Install(pip.Archive($"{name}.whl", $"put {name} 1.0 new"), name, "1.0").Plan(),
                progress
            );

    /// <summary>Whether the process came so far that there is a run.</summary>
    public bool HasRun => StateFolder.All(pip.Runs).Count > 0;

    /// <summary>The first run.</summary>
    public string RunFolder => StateFolder.All(pip.Runs)[0];

    /// <summary>Every file of the prefix with its content, but for bytecode and an empty lock; and every folder with
    /// nothing in it, which may be a project to whoever comes next.</summary>
    public SortedDictionary<string, string> Contents()
    {
        var contents = pip.Contents();
        foreach (
            var folder in Directory
                .EnumerateDirectories(Prefix, "*", SearchOption.AllDirectories)
                .Where(folder => !Directory.EnumerateFileSystemEntries(folder).Any())
        )
            contents.Add(Path.GetRelativePath(Prefix, folder), "an empty folder");
        foreach (var path in contents.Keys.Where(path => path.EndsWith(".pyc", StringComparison.Ordinal)).ToList())
            contents.Remove(path);
        return contents;
    }

    public void Dispose() => pip.Dispose();

    // Something old that is replaced, something old that stays, a file of no one, bytecode.
    private void Prepare()
    {
        Install(
            "old",
            "alpha",
            "0.9",
            "put alpha 0.9 old; echo extra > \"$site/alpha_extra.py\"; echo alpha_extra.py,, >> \"$site/alpha-0.9.dist-info/RECORD\""
        );
        Install("stays", "omega", "1.0", "put omega 1.0 stays");
        Directory.CreateDirectory(Path.Combine(pip.Site, "__pycache__"));
        File.WriteAllText(Path.Combine(pip.Site, "__pycache__", "alpha.cpython-311.pyc"), "bytecode");
        File.WriteAllText(Path.Combine(pip.Prefix, "notes.txt"), "mine");
        Directory.Delete(pip.Runs, recursive: true);
    }

    private void Install(string file, string name, string version, string snippet)
    {
        var outcome = pip.Executor()
            .RunAsync(new ToyPlan().Install(pip.Archive($"{file}.whl", snippet), name, version).Plan())
            .GetAwaiter()
            .GetResult();
        Assert.IsType<ExecutionOutcome.Completed>(outcome);
    }

    private Plan Plan()
    {
        var plan = new ToyPlan();
        for (var step = 1; step <= Steps; step++)
        {
            var name = step == 7 ? "alpha" : string.Create(CultureInfo.InvariantCulture, $"p{step:00}");
            // Slow enough that a random moment often falls into it: half a package is there while it sleeps.
            var snippet =
                $"mkdir -p \"$prefix/share/{name}\"; echo data > \"$prefix/share/{name}/data\"; echo 'print(1)' > \"$site/{name}_more.py\"; sleep 0.01; put {name} 1.0 new; "
                + $"printf '%s,,\\n' {name}_more.py ../../../share/{name}/data >> \"$site/{name}-1.0.dist-info/RECORD\"";
            if (kind is KilledRunKind.Wheels or KilledRunKind.Hooks or KilledRunKind.Slurm)
                plan.InStage(1 + ((step - 1) / 5))
                    .Install(
                        pip.Archive(
                            $"{name}.tar.gz",
                            $"mkdir -p \"$site\"; {snippet}",
                            [$"{name}.py", $"{name}_more.py"]
                        ),
                        name,
                        "1.0"
                    );
            else
                plan.Install(pip.Archive($"{name}.whl", $"mkdir -p \"$site\"; {snippet}"), name, "1.0");
        }
        return plan.Plan();
    }

    private int Start(string action, string what, int lines, TimeSpan? killAfter)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (
            var argument in (string[])
                [
                    Path.Combine(AppContext.BaseDirectory, "Resolver.Execution.Host.dll"),
                    action,
                    pip.Folder,
                    what,
                    lines.ToString(CultureInfo.InvariantCulture),
                    .. kind == KilledRunKind.Steps ? [] : new[] { kind.ToString() },
                ]
        )
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (killAfter is { } time && !process.WaitForExit(time))
            process.Kill();
        process.WaitForExit();
        // A process that was not to die and did not do its work is a fault of the test or of the program: say which.
        if (lines == 0 && killAfter is null)
            Assert.True(process.ExitCode == 0, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
        return process.ExitCode;
    }
}
