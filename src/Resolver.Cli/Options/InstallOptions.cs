using System.CommandLine;
using System.Globalization;
using Resolver.Cli.Terminal;
using Resolver.Execution.Destinations;
using Resolver.Execution.Options;
using Resolver.Execution.Runs;
using Resolver.Packaging.Names;

namespace Resolver.Cli.Options;

/// <summary>What is run and how: <c>--plan</c>, <c>--batch</c>, <c>--resume</c>, <c>--dry-run</c>, <c>--pip</c>,
/// <c>-C</c>.</summary>
internal sealed class InstallOptions : IOptionGroup
{
    private readonly Option<string?> plan = new("--plan")
    {
        HelpName = "FILE",
        Description =
            "Install this plan: JSON (as 'plan --format json' writes it), or a lock file (pylock.toml). - is standard "
            + "input.",
    };
    private readonly Option<string[]> batch = new("--batch")
    {
        HelpName = "PATH",
        Description = "Take exactly these archives, trees, or directories of them, as 'order' does.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string?> resume = new("--resume")
    {
        HelpName = "RUN",
        Description =
            "Resume a run that failed or was interrupted. RUN is its id or the beginning of it; 'resolver runs' "
            + "lists them.",
    };
    private readonly Option<bool> dryRun = new("--dry-run")
    {
        Description = "Show the plan and what it would change; install nothing.",
    };
    private readonly Option<string?> environmentFile = new("--env-file")
    {
        HelpName = "FILE",
        Description =
            "Write a file that makes the destination usable. Its suffix chooses the form: .sh (variables), .lua "
            + "(module file), .pth, .py (finder).",
    };
    private readonly Option<bool> requireHashes = new("--require-hashes")
    {
        Description =
            "Install only files whose hash is given by a requirement file, a lock file or the plan; this includes "
            + "build requirements.",
    };
    private readonly Option<bool> smoke = new("--smoke")
    {
        Description = "After installing, import every module and load every console script.",
    };
    private readonly Option<string?> onFileConflict = new("--on-file-conflict")
    {
        HelpName = "error|warn",
        Description =
            "What to do when a step would overwrite a file. By default, files that two projects of the plan contain "
            + "are a warning, and files that were there before the run are an error.",
    };
    private readonly Option<bool> exact = new("--exact")
    {
        Description = "Remove what is in the destination and not in the plan, as 'sync' does.",
    };
    private readonly Option<bool> system = new("--system")
    {
        Description =
            "Install into the environment of --python, although it is no virtual environment. Without a destination "
            + "and without this, install asks, or ends if there is no terminal.",
    };
    private readonly Option<bool> strict = new("--strict")
    {
        Description = "Fail a step that changes files of others, and restore these files.",
    };
    private readonly Option<string> executor = new("--executor")
    {
        HelpName = "local|slurm",
        Description = "Build on this machine, or as jobs of a Slurm cluster.",
        DefaultValueFactory = _ => "local",
    };
    private readonly Option<string[]> slurmOptions = new("--slurm-option")
    {
        HelpName = "OPTION",
        Description = "Pass an option to sbatch for each job, such as --slurm-option=--partition=main. Repeatable.",
    };
    private readonly Option<string?> events = new("--events")
    {
        HelpName = "FILE|-",
        Description = "Write what happens during the install as JSON lines to this file, or to standard output (-).",
    };
    private readonly Option<bool> keepGoing = new("--keep-going")
    {
        Description =
            "When a step fails, leave out what requires it and install the rest (exit code 4). Of a batch, order as "
            + "many projects as possible.",
    };

    /// <summary>How what must be built is built.</summary>
    public BuildOptions Builds { get; } = new();

    private readonly bool isAlwaysExact;

    /// <param name="isAlwaysExact">Whether nothing but the plan is left in the destination, without being
    /// asked.</param>
    public InstallOptions(bool isAlwaysExact)
    {
        this.isAlwaysExact = isAlwaysExact;
        plan.RejectOptions();
        batch.RejectOptions();
        resume.RejectOptions();
        environmentFile.RejectOptions();
        environmentFile.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var file }] && EnvironmentFile.FormOf(file) is null)
                result.AddError($"--env-file '{file}': its suffix is one of {EnvironmentFile.Suffixes}");
        });
    }

    public void AddTo(Command command)
    {
        Builds.AddTo(command);
        command.Add(plan);
        command.Add(batch);
        command.Add(resume);
        command.Add(keepGoing);
        command.Add(events);
        command.Add(dryRun);
        command.Add(environmentFile);
        command.Add(requireHashes);
        command.Add(smoke);
        onFileConflict.TakeOneOf("error", "warn");
        command.Add(onFileConflict);
        command.Add(system);
        command.Add(strict);
        if (!isAlwaysExact)
            command.Add(exact);
        executor.TakeOneOf("local", "slurm");
        command.Add(executor);
        command.Add(slurmOptions);
        command.Validators.Add(result =>
        {
            if (Builds.KeepsNoWheels(result) && result.GetValue(executor) == "slurm")
                result.AddError("--executor slurm cannot be combined with --no-wheel-cache: jobs build wheels");
            if (result.GetValue(keepGoing) && result.GetValue(executor) == "slurm")
                result.AddError(
                    "--keep-going cannot be combined with --executor slurm: jobs of a stage wait for all of the "
                        + "stage before"
                );
            if (result.GetResult(slurmOptions) is not null && result.GetValue(executor) != "slurm")
                result.AddError("--slurm-option requires --executor slurm");
        });
    }

    /// <summary>The plan file, or null.</summary>
    public string? Plan(ParseResult parsed) => parsed.GetValue(plan);

    /// <summary>The paths of the batch, as given; empty where there is none.</summary>
    public IReadOnlyList<string> Batch(ParseResult parsed) => parsed.GetValue(batch) ?? [];

    /// <summary>The run to continue with, or null.</summary>
    public string? Resume(ParseResult parsed) => parsed.GetValue(resume);

    /// <summary>Where the events go; null for nowhere.</summary>
    public string? Events(ParseResult parsed) => parsed.GetValue(events);

    /// <summary>Whether a failed step leaves out no more than what requires it.</summary>
    public bool KeepsGoing(ParseResult parsed) => parsed.GetValue(keepGoing);

    public bool DryRun(ParseResult parsed) => parsed.GetValue(dryRun);

    /// <summary>Where to write how the result is used, or null.</summary>
    public string? EnvironmentFileOf(ParseResult parsed) => parsed.GetValue(environmentFile);

    public bool RequireHashes(ParseResult parsed) => parsed.GetValue(requireHashes);

    public bool Smoke(ParseResult parsed) => parsed.GetValue(smoke);

    public FileConflictPolicy OnFileConflict(ParseResult parsed) =>
        parsed.GetValue(onFileConflict) switch
        {
            "error" => FileConflictPolicy.Error,
            "warn" => FileConflictPolicy.Warn,
            _ => FileConflictPolicy.Default,
        };

    /// <summary>Whether nothing but the plan is left in the destination.</summary>
    public bool IsExact(ParseResult parsed) => isAlwaysExact || parsed.GetValue(exact);

    /// <summary>Whether the interpreter's own environment is meant where no destination is named.</summary>
    public bool IsSystem(ParseResult parsed) => parsed.GetValue(system);

    public bool Strict(ParseResult parsed) => parsed.GetValue(strict);

    /// <summary>How builds are given to a cluster, or null where they are done here.</summary>
    /// <param name="atOnce">What <c>--jobs</c> says, or null.</param>
    public SlurmOptions? Slurm(ParseResult parsed, int? atOnce) =>
        parsed.GetValue(executor) == "slurm"
            ? new SlurmOptions { Options = parsed.GetValue(slurmOptions) ?? [], AtOnce = atOnce }
            : null;
}
