using System.CommandLine;
using Resolver.Archives.Candidates;
using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Archives.References;
using Resolver.Cli.Context;
using Resolver.Cli.Options;
using Resolver.Cli.Terminal;
using Resolver.Execution.Destinations;
using Resolver.Execution.Hooks;
using Resolver.Execution.Options;
using Resolver.Execution.Verification;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Batches;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Environments;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Fixes;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Inputs;

/// <summary>From options to a request and a source of candidates: what <c>plan</c>, <c>explain</c>, <c>missing</c>,
/// <c>install</c> and <c>order</c> have in common.</summary>
internal sealed class PlanningSession : IDisposable
{
    private readonly TimeLimit limit;
    private readonly ArchiveIndex index;
    private readonly Several? several;
    private readonly PlanningSources sources;
    private readonly Diagnostics diagnostics;

    private PlanningSession(
        Workplace workplace,
        ArchiveIndex index,
        PlanningSources sources,
        PlanRequest request,
        ISolver engine,
        ExpectedHashes hashes,
        Several? several,
        TimeLimit limit,
        CommandContext context
    )
    {
        Workplace = workplace;
        this.index = index;
        this.sources = sources;
        Request = request;
        Engine = engine;
        Hashes = hashes;
        this.several = several;
        this.limit = limit;
        diagnostics = context.Diagnostics;
        Interruption = context.Interruption;
    }

    public Workplace Workplace { get; }

    /// <summary>What the paths of a batch hold; empty without a batch.</summary>
    public IReadOnlyList<Distribution> Batch => sources.Batch;

    /// <summary>What there is to choose from beside the batch.</summary>
    public ICandidateSource Source => sources.Source;

    public PlanRequest Request { get; }

    public ISolver Engine { get; }

    /// <summary>The hashes that files must have.</summary>
    public ExpectedHashes Hashes { get; }

    /// <summary>The settings for build backends that requirement files give.</summary>
    public IReadOnlyList<ConfigSetting> ConfigSettings { get; private init; } = [];

    /// <summary>The source trees that were requested editable, as given.</summary>
    public IReadOnlyList<string> Editables { get; private init; } = [];

    /// <summary>What is left of the limits.</summary>
    public PlanLimits Limits => limit.Remaining;

    public CancellationToken Interruption { get; }

    /// <summary>Reads everything a plan is made from.</summary>
    /// <param name="wanted">What names the roots; null for a batch, which is its own.</param>
    /// <param name="batch">The paths of a batch, as given.</param>
    /// <param name="several">The environments, where the plan may be for several; null: it cannot be.</param>
    /// <param name="hooks">What the command line says of builds; null: it says nothing.</param>
    public static async Task<PlanningSession> OpenAsync(
        PlanningOptions planning,
        ParseResult parsed,
        CommandContext context,
        RequirementSettings? wanted,
        IReadOnlyList<string> batch,
        SeveralEnvironmentsSettings? several = null,
        HookSettings? hooks = null
    )
    {
        several ??= SeveralEnvironmentsSettings.None;
        var reader = new RequirementReader(context.Diagnostics);
        if (wanted is not null)
        {
            if (wanted.IsEmpty)
                throw CommandException.Usage(
                    "nothing is asked for",
                    "name a requirement, or give -r, --script, --group or --pyproject"
                );
            reader.ReadRoots(wanted);
        }

        reader.ReadConstraints(planning.Constraints.Constraints(parsed));
        var overrides = reader.ReadOverrides(planning.Constraints.Overrides(parsed));
        using var progress = new ScanProgress(context);
#pragma warning disable CA2000 // it is the session's, and disposed below where there is none
        var limit = new TimeLimit(planning.Limits.Read(parsed), context.Interruption);
#pragma warning restore CA2000
        ArchiveIndex? index = null;
        PlanningSources? sources = null;
        try
        {
            var target = planning.Target.Read(parsed);
            var (version, platform) = (planning.Described.Version(parsed), planning.Described.Platform(parsed));
            if (platform is not null && !several.IsEmpty || version is not null && several.Names.Count > 0)
                throw CommandException.Usage(
                    "--python-version and --python-platform describe one environment",
                    "describe each under [environments.NAME] in resolver.toml"
                );
            var isDescribed = version is not null || platform is not null || !several.IsEmpty;
            // What this interpreter has is no use to another.
            var workplace = await Workplace.OpenAsync(
                isDescribed ? target with { NoInstalled = true } : target,
                planning.Archive.CacheFolder(parsed),
                onlyPlans: hooks is null && !planning.Metadata.RunsBackends(parsed),
                limit.Token
            );
            var described = isDescribed ? DescribedEnvironment.Of(workplace.Interpreter, version, platform) : null;
            if (workplace.InstalledError is { } error)
                context.Diagnostics.Warning(error);
            var declarations = context.Configuration.Declarations;
            var scanning = planning.Archive.Scanning(parsed) with { Progress = progress.Step };
            index = planning.Archive.Index(parsed, context.Diagnostics.Warning);
            var opened = index;
            IReadOnlyList<Distribution> Read(string path) =>
                declarations.ApplyTo(workplace.Scan(opened, [path], scanning, limit.Token));
            var environment = described?.Markers ?? workplace.Interpreter.Environment;
            reader.NameFiles(several.IsEmpty ? environment : null, Read);
            if (reader.Settings.Unheeded is { } unheeded)
                context.Diagnostics.Warning(unheeded);
            var request = planning.Preferences.ApplyTo(
                new PlanRequest
                {
                    Roots = reader.Roots,
                    Constraints = reader.Constraints,
                    Overrides = overrides,
                    Environment = environment,
                    Tags = described?.Tags ?? workplace.Interpreter.Tags,
                    Waivers = context.Configuration.Waivers,
                    Exclusions = context.Configuration.Exclusions,
                    AsksBackends = planning.Metadata.RunsBackends(parsed),
                },
                parsed
            );
            request = reader.Settings.ApplyTo(
                request,
                planning.Preferences.Formats(parsed),
                planning.Preferences.GivenPrerelease(parsed) is not null
            );
            if (planning.Preferences.Lock(parsed) is { } previous)
                request = request with
                {
                    Preferred = PreviousVersions.Of(previous, several.IsEmpty ? request.Environment : null),
                };
            if (
                reader.RequiresPython is { } pythons
                && !several.Universal
                && !pythons.Contains(
                    Version.Parse(request.Environment.PythonFullVersion.TrimEnd('+')),
                    prereleases: true
                )
            )
                context.Diagnostics.Warning(
                    $"what is asked for says that it is for Python {pythons}, and this is {request.Environment.PythonFullVersion}"
                );
            if (several.Universal && request.Objectives.Any(each => each != Objective.Newest))
                throw CommandException.Usage(
                    "--universal has no number of steps to make small: it divides the environments as far as what is chosen needs",
                    "plan for some by name (--environment), or for one"
                );
            if (!several.IsEmpty && request.BuildIsolation != BuildIsolation.None)
                throw CommandException.Usage(
                    "--build-isolation per-build is about one environment",
                    "plan for each environment by itself: --python-version and --python-platform"
                );
            Several? environments =
                several.IsEmpty ? null
                : several.Universal
                    ? new Several(
                        SeveralEnvironments.Universal(
                            context.Configuration,
                            request.Environment,
                            version is not null,
                            reader.RequiresPython
                        ),
                        []
                    )
                : new Several(
                    null,
                    SeveralEnvironments.Named(several.Names, context.Configuration, workplace.Interpreter)
                );
            var direct = References
                .Active(
                    [.. reader.Roots, .. reader.Constraints, .. overrides],
                    several.IsEmpty ? request.Environment : null
                )
                .ToList();
            reader.Hashes.AddDirect(direct);
            reader.Hashes.RequiredBecause = reader.Settings.RequiresHashes;
            IReadOnlyList<string> places =
            [
                .. planning.Archive.Directories(parsed),
                .. reader.FindLinks,
                .. reader.Places,
                .. References.Places(direct),
            ];
            var archive = workplace.View(index, places, declarations, scanning, limit.Token);
            var given = declarations.ApplyTo(workplace.Scan(index, batch, scanning, limit.Token));
            References.CheckProjects(direct, archive.Present);
            progress.Dispose();
            var asking = planning.Metadata.RunsBackends(parsed)
                ? HooksOf(
                    planning,
                    parsed,
                    context,
                    workplace,
                    isDescribed,
                    (hooks ?? HookSettings.None(context)).With(reader.ConfigSettings)
                )
                : null;
            var references = new ReferencedFiles(Read);
            references.Follow([.. given.Select(ArchiveCandidateSource.ToCandidate).OfType<Candidate>()]);
            sources = new PlanningSources(
                workplace,
                archive,
                given,
                declarations,
                asking,
                context,
                references,
                reader.Hashes
            );
#pragma warning disable CA2000 // the caller's; where there is none, all it holds is disposed below
            var session = new PlanningSession(
                workplace,
                index,
                sources,
                request,
                planning.Limits.Engine(parsed),
                reader.Hashes,
                environments,
                limit,
                context
            )
            {
                ConfigSettings = reader.ConfigSettings,
                Editables = reader.Editables,
            };
#pragma warning restore CA2000
            if (asking is not null)
                await session.IdentifyAsync(archive.Present, given, [.. places, .. batch]);
            ScanReport.Tell(sources.Known(archive.Present), places, context.Diagnostics, context.Settings.Verbose);
            return session;
        }
        catch
        {
            sources?.Dispose();
            limit.Dispose();
            index?.Dispose();
            throw;
        }
    }

    /// <summary>The best plan for the requirements, or why there is none.</summary>
    /// <exception cref="CommandException">A file of it is not what a requirement file says it must be.</exception>
    public async Task<PlanOutcome> PlanAsync() =>
        Judged(
            Timed(
                several switch
                {
                    { Scope: { } scope } => sources.Followed(() =>
                        UniversalPlanner.Plan(Source, Request, scope, Limits, Engine, Interruption)
                    ),
                    { } named => sources.Followed(() =>
                        EnvironmentsPlanner.Plan(Source, Request, named.Environments, Limits, Engine, Interruption)
                    ),
                    null => await SettledAsync(
                        () => Planner.Plan(Source, Request, Limits, Engine, Interruption),
                        IsSole
                    ),
                }
            )
        );

    /// <summary>Has build backends asked, where that is allowed, until a plan for the requirements, and for these
    /// beside them, rests on nothing unknown; then questions can be asked of <see cref="Source"/>.</summary>
    public async Task SettleAsync(params Requirement[] further)
    {
        if (sources.Dynamic is not null)
            await SettledAsync(
                () =>
                    Planner.Plan(
                        Source,
                        Request with
                        {
                            Roots = [.. Request.Roots, .. further],
                        },
                        Limits,
                        Engine,
                        Interruption
                    ),
                IsSole
            );
    }

    /// <summary>The plan, with a fix of the explanation applied where there is none without, and what was
    /// done.</summary>
    /// <param name="fix">From 1; null: no fix is to be applied.</param>
    /// <exception cref="CommandException">There is no such fix, or it is for a person to carry out.</exception>
    public async Task<(PlanOutcome Outcome, IReadOnlyList<FixAction> Applied)> PlanAsync(int? fix)
    {
        if (fix is not null && several is not null)
            throw CommandException.Usage(
                "--apply-fix is about one environment",
                "leave out --universal and --environment"
            );
        return Fixed(
            await PlanAsync(),
            fix,
            question => Planner.Plan(question.Source, question.Request, Limits, Engine, Interruption)
        );
    }

    /// <summary>The order of the batch likewise.</summary>
    /// <param name="given">As in <see cref="OrderAsync(IReadOnlyCollection{string}, bool)"/>.</param>
    /// <param name="fix">From 1; null: no fix is to be applied.</param>
    /// <exception cref="CommandException">There is no such fix, or it is for a person to carry out.</exception>
    public async Task<(PlanOutcome Outcome, IReadOnlyList<FixAction> Applied)> OrderAsync(
        IReadOnlyCollection<string> given,
        int? fix
    ) =>
        Fixed(
            await OrderAsync(given, keepGoing: false),
            fix,
            question =>
                BatchPlanner.Order(
                    BatchPlanner.Without(BatchItems.Of(Batch, given), question.LeftOut),
                    question.Source,
                    question.Request,
                    keepGoing: false,
                    Limits,
                    Engine,
                    Interruption
                )
        );

    private (PlanOutcome Outcome, IReadOnlyList<FixAction> Applied) Fixed(
        PlanOutcome outcome,
        int? fix,
        Func<AppliedFix, PlanOutcome> plan
    )
    {
        if (fix is not { } number)
            return (outcome, []);
        if (outcome is PlanOutcome.Planned)
            throw CommandException.Usage("--apply-fix: there is a plan, and nothing to fix");
        if (outcome is not PlanOutcome.Impossible impossible)
            return (outcome, []);
        var fixes = impossible.Explanation.Fixes;
        if (number > fixes.Count)
            throw CommandException.Usage(
                $"--apply-fix {number}: the explanation has {(fixes.Count == 1 ? "one fix" : $"{fixes.Count} fixes")}"
            );
        var applied = fixes[number - 1];
        if (AppliedFix.Of(Source, Request, applied) is not { } question)
            throw CommandException.Usage(
                $"--apply-fix {number} is for you to carry out: {string.Join(", and ", applied.Select(each => each.Text))}"
            );
        return (Judged(Timed(plan(question))), applied);
    }

    /// <summary>Warns of what a reader of the plan should know: installed distributions that would have been part of it
    /// but for their metadata, and files that two of its projects contain.</summary>
    /// <param name="files">Whether files matter: an install tells of them itself.</param>
    public void Warn(Plan plan, bool files)
    {
        var projects = plan.Steps.Where(step => step.Action == StepAction.Install).Select(step => step.Candidate.Name);
        foreach (var project in projects.Distinct())
        {
            foreach (
                var installed in Workplace.Installed.Where(each =>
                    each.Problems.Any(problem => problem.Fatal || InstalledDefects.IsOfMetadata(problem))
                    && InstalledDefects.IsOf(each, project)
                )
            )
                diagnostics.Warning($"{installed.Problems[0].Message}; it does not count as installed");
        }
        if (!files || plan.For(Workplace.Interpreter.Environment) is not { } own)
            return;
        var destination = Workplace.Destination ?? new InstallDestination.Prefix(Workplace.Interpreter.Prefix);
        var conflicts = new FileConflicts(
            own,
            new PlanPlaces(destination, Workplace.Interpreter, own),
            Workplace.Interpreter,
            looksAtDisk: Workplace.Destination is not null
        );
        foreach (var line in FileConflicts.Lines(conflicts.OfPlan(own, Environment.CurrentDirectory)))
            diagnostics.Warning(line);
    }

    /// <summary>What is asked, as a problem: of the batch where there is one.</summary>
    /// <param name="given">The paths of the batch as given.</param>
    public CandidateProblem Question(IReadOnlyCollection<string> given) =>
        given.Count > 0
            ? BatchPlanner.Question(BatchItems.Of(Batch, given), Source, Request)
            : RequestedProblem.Of(Source, Request);

    /// <summary>The order of the batch, or why there is none.</summary>
    /// <param name="given">The paths as given: a defect of a file that is among them is fatal.</param>
    public async Task<PlanOutcome> OrderAsync(IReadOnlyCollection<string> given, bool keepGoing) =>
        Hashes.Judge(
            Timed(
                await SettledAsync(
                    () =>
                        BatchPlanner.Order(
                            BatchItems.Of(Batch, given),
                            Source,
                            Request,
                            keepGoing,
                            Limits,
                            Engine,
                            Interruption
                        ),
                    keepGoing
                        ? null
                        : project => Batch.Count(each => each.Name == project) + Source.CandidatesOf(project).Count == 1
                )
            )
        );

    public void Dispose()
    {
        sources.Dispose();
        index.Dispose();
        limit.Dispose();
    }

    private static HookOptions HooksOf(
        PlanningOptions planning,
        ParseResult parsed,
        CommandContext context,
        Workplace workplace,
        bool isDescribed,
        HookSettings hooks
    )
    {
        if (isDescribed)
            throw CommandException.Usage(
                "--offline-metadata build asks build backends, which run in the interpreter of --python",
                "leave out --python-version, --python-platform, --environment and --universal"
            );
        var visible = planning.Target.Read(parsed).FoundByFinder
            ? []
            : workplace.Destination?.SiteFolders(workplace.Interpreter) ?? [];
        return hooks.ToOptions(
            planning.Metadata,
            planning.Archive,
            parsed,
            context,
            [.. visible, .. workplace.SearchPath]
        );
    }

    /// <summary>Learns what was named but does not say what it is.</summary>
    private Task IdentifyAsync(
        IReadOnlyList<Distribution> archive,
        IReadOnlyList<Distribution> given,
        IReadOnlyCollection<string> named
    ) =>
        sources.Dynamic!.IdentifyAsync(
            given.Concat(archive.Where(each => ScanReport.IsAskedByName(each, named))),
            PlanBuild,
            () => sources.Reached,
            limit.Token
        );

    /// <summary>Each plan on the way is judged by its hashes, before code from its files is run.</summary>
    private Task<PlanOutcome> SettledAsync(Func<PlanOutcome> plan, Func<PackageName, bool>? isSole) =>
        sources.Dynamic is { } dynamic
            ? dynamic.SettleAsync(
                () => Hashes.Judge(sources.Followed(plan)),
                PlanBuild,
                () => sources.Reached,
                limit.Token,
                isSole
            )
            : Task.FromResult(sources.Followed(plan));

    /// <summary>The outcome once every hash that was given holds, with the trees marked that were requested
    /// editable.</summary>
    private PlanOutcome Judged(PlanOutcome outcome)
    {
        if (Hashes.Judge(outcome) is not PlanOutcome.Planned planned || Editables.Count == 0)
            return outcome;
        var editable = Editables.Select(References.PlaceKey).ToHashSet(StringComparer.Ordinal);
        return planned with
        {
            Plan = planned.Plan with
            {
                Steps =
                [
                    .. planned.Plan.Steps.Select(step =>
                        step.Candidate is { Kind: DistributionKind.Tree } tree
                        && tree.OtherPaths.Prepend(tree.Path!).Any(each => editable.Contains(References.PlaceKey(each)))
                            ? step with
                            {
                                Editable = true,
                            }
                            : step
                    ),
                ],
            },
        };
    }

    private bool IsSole(PackageName project) => Source.CandidatesOf(project).Count == 1;

    private PlanOutcome PlanBuild(IReadOnlyList<Requirement> requirements) =>
        Planner.Plan(sources.BuildSource, Request with { Roots = requirements }, Limits, Engine, Interruption);

    private PlanOutcome Timed(PlanOutcome outcome)
    {
        Interruption.ThrowIfCancellationRequested();
        return outcome switch
        {
            PlanOutcome.Planned planned => planned with
            {
                Plan = planned.Plan with { Statistics = Timed(planned.Plan.Statistics) },
            },
            PlanOutcome.Impossible impossible => impossible with { Statistics = Timed(impossible.Statistics) },
            PlanOutcome.GaveUp gaveUp => gaveUp with { Statistics = Timed(gaveUp.Statistics) },
            _ => outcome,
        };
    }

    private PlanStatistics Timed(PlanStatistics statistics) =>
        statistics with
        {
            ScanMilliseconds = Workplace.ScanTime.TotalMilliseconds,
        };

    /// <summary>What the plan is for, where that is more than one environment.</summary>
    private sealed record Several(UniversalScope? Scope, IReadOnlyList<EnvironmentRequest> Environments);
}
