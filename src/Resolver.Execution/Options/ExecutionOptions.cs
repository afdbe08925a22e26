using Resolver.Execution.Clusters;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;

namespace Resolver.Execution.Options;

/// <summary>How a plan is run. Everything has a default.</summary>
public sealed record ExecutionOptions
{
    /// <summary>What relative paths of the plan are relative to.</summary>
    public string BaseFolder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Folders that count as installed beside the destination (<c>--installed</c>), put before PYTHONPATH
    /// after it.</summary>
    public IReadOnlyList<string> SearchPath { get; init; } = [];

    /// <summary>Whether the interpreter's own finder shows the destination to builds, so that it is not put on
    /// PYTHONPATH; that it does is asked after each step.</summary>
    public bool FoundByFinder { get; init; }

    public IReadOnlyList<ConfigSetting> ConfigSettings { get; init; } = [];

    /// <summary>Variables for the build of single projects (<c>env</c> in <c>resolver.toml</c>); they win over those
    /// the plan sets.</summary>
    public IReadOnlyDictionary<PackageName, IReadOnlyDictionary<string, string>> ProjectEnvironment { get; init; } =
        new Dictionary<PackageName, IReadOnlyDictionary<string, string>>();

    /// <summary>The caller's variables; null for those of this process.</summary>
    public IReadOnlyDictionary<string, string>? CallerEnvironment { get; init; }

    /// <summary>Where runs are recorded; null for what <see cref="Runs.StateFolder"/> says.</summary>
    public string? RunsFolder { get; init; }

    /// <summary>Where sources are unpacked that a script names; null for what <see cref="Runs.StateFolder"/>
    /// says.</summary>
    public string? SourcesFolder { get; init; }

    /// <summary>The pip the user named (<c>--pip</c>), so that whoever continues with the run uses the same; null where
    /// none.</summary>
    public string? NamedPip { get; init; }

    /// <summary>Where wheels that were built are kept for later runs; null where none are: they live as long as the
    /// run's folder.</summary>
    public string? WheelFolder { get; init; }

    /// <summary>Which wheels are handed out as their steps come to their end; null: none. Whoever continues with the
    /// run hands out none.</summary>
    public WheelOutput? Output { get; init; }

    /// <summary>What builds wheels. A cluster's jobs, and scripts to run by hand, use pip whatever this says.</summary>
    public BuildFrontend BuildFrontend { get; init; } = BuildFrontend.Hooks;

    /// <summary>How many builds run at once, from 1.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Where builds are done: by a Slurm cluster, or, with null, here. Only with a
    /// <see cref="WheelFolder"/>.</summary>
    public SlurmOptions? Slurm { get; init; }

    /// <summary>Whether, in the end, what was installed is imported, its commands included.</summary>
    public bool Smoke { get; init; }

    /// <summary>Whether a run continues where a step fails, without it and without what requires it. A file that is not
    /// what the plan says, and files that cannot be read or written, end the run all the same. Not with
    /// <see cref="Slurm"/>, whose jobs wait for all earlier ones.</summary>
    public bool KeepGoing { get; init; }

    /// <summary>What happens where a step would write over a file of someone else.</summary>
    public FileConflictPolicy OnFileConflict { get; init; }

    /// <summary>Whether a step fails that changes files that are not its own; they are restored then. Copies of all
    /// files of the destination are made for that.</summary>
    public bool Strict { get; init; }

    /// <summary>How long one step may take; null for as long as it likes.</summary>
    public TimeSpan? StepTimeout { get; init; }

    /// <summary>Called after each line of the journal with the number of lines this process has written; null for
    /// none. Whoever ends the process there sees what a crash leaves.</summary>
    public Action<int>? JournalWritten { get; init; }

    /// <summary>How many lines of a failed step's log are shown.</summary>
    public int LogTailLines { get; init; } = 40;

    /// <summary>The file or tree of a path of the plan, absolute: without <c>#subdirectory=REL</c>.</summary>
    internal string FileOf(string path) => Path.GetFullPath(DistributionPath.Parse(path).File, BaseFolder);
}
