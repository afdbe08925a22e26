using Resolver.Application.Archives;
using Resolver.Application.Backends;
using Resolver.Application.Environments;
using Resolver.Application.Hashes;
using Resolver.Application.Inputs;
using Resolver.Application.Locks;
using Resolver.Application.Requirements;
using Resolver.Application.Targets;
using Resolver.Archives.Distributions;
using Resolver.Archives.Hooks;
using Resolver.Archives.Index;
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

namespace Resolver.Application.Planning;

/// <summary>Everything a plan is made from, read once: then plans can be made, batches ordered, and questions
/// asked.</summary>
/// <remarks>One caller at a time. Dispose it when the last question has been answered.</remarks>
public sealed class PlanningSession : IDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly OpenedArchive archive;
    private readonly PlanningQuestion question;
    private readonly PlanningSources sources;
    private readonly Notices notices;

    private PlanningSession(
        PlanningRequest asked,
        PlanningQuestion question,
        RequirementReader read,
        TargetEnvironment target,
        OpenedArchive archive,
        CancellationTokenSource stop,
        Notices notices,
        CancellationToken interruption
    )
    {
        (this.question, this.archive, this.stop, this.notices) = (question, archive, stop, notices);
        Limits = asked.Limits;
        (Engine, Hashes, Target, Interruption) = (asked.Engine, read.Hashes, target, interruption);
        (ConfigSettings, Editables) = (read.ConfigSettings, read.Editables);
        sources = new PlanningSources(
            target,
            archive.View,
            archive.Batch,
            asked.Archive.Declarations,
            asked.Metadata.RunsBackends ? HooksOf(asked, read, target) : null,
            notices,
            archive.References,
            read.Hashes,
            new IgnoredRequirements(
                asked.IgnoresDependencies ? read.Roots.Select(root => root.Name).ToHashSet() : [],
                asked.IgnoresBuildRequirements
            )
        );
    }

    /// <summary>The interpreter, the destination, and what is installed there.</summary>
    public TargetEnvironment Target { get; }

    /// <summary>What the paths of a batch hold; empty without a batch.</summary>
    public IReadOnlyList<Distribution> Batch => sources.Batch;

    /// <summary>What there is to choose from beside the batch.</summary>
    public ICandidateSource Source => sources.Source;

    private IEnumerable<PackageName> Projects =>
        Source.Projects.Concat(Batch.Select(each => each.Name).OfType<PackageName>());

    /// <summary>The request as the planner gets it.</summary>
    public PlanRequest Request => question.Request;

    /// <summary>The engine.</summary>
    public ISolver Engine { get; }

    /// <summary>The hashes that files must have.</summary>
    public ExpectedHashes Hashes { get; }

    /// <summary>The settings for build backends that requirement files give.</summary>
    public IReadOnlyList<ConfigSetting> ConfigSettings { get; }

    /// <summary>The source trees that were requested editable, as given.</summary>
    public IReadOnlyList<string> Editables { get; }

    /// <summary>The limits of the request: reading, planning and every question share one deadline.</summary>
    public PlanLimits Limits { get; }

    /// <summary>Cancelled when the caller wants the session to end.</summary>
    public CancellationToken Interruption { get; }

    /// <summary>Reads everything a plan is made from: requirements, then the target environment, then the
    /// archive.</summary>
    /// <param name="request">What to plan, from what, and for whom.</param>
    /// <param name="notices">Receives warnings and progress; null: nobody does.</param>
    /// <param name="interruption">Ends whatever the session does.</param>
    /// <exception cref="InputException">The request contradicts itself, or an input cannot be read or
    /// trusted.</exception>
    /// <exception cref="Resolver.Interpreters.InterpreterException">The interpreter cannot be asked.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted, or the time is over.</exception>
    public static async Task<PlanningSession> OpenAsync(
        PlanningRequest request,
        Notices? notices = null,
        CancellationToken interruption = default
    )
    {
        notices ??= Notices.None;
        request.Validate();
        var (read, overrides) = ReadRequirements(request, notices);
#pragma warning disable CA2000 // the session disposes of both; where it is not made, the catch below does
        var stop = Deadline.Source(request.Limits.Deadline, interruption);
        OpenedArchive? archive = null;
        PlanningSession? session = null;
        try
        {
            var target = await OpenTargetAsync(request, notices, stop.Token);
            archive = new OpenedArchive(request, target, notices, stop.Token);
#pragma warning restore CA2000
            var environment = PlanningQuestion.EnvironmentOf(request, target);
            var nameless = request.Metadata.RunsBackends
                ? await NamelessAsync(
                    request,
                    read,
                    [.. read.UnnamedPlaces(environment)],
                    archive,
                    notices,
                    interruption
                )
                : [];
            read.NameFiles(
                environment,
                path =>
                    nameless.Count > 0 && nameless.Exists(each => each.Path == path) ? nameless : archive.ReadPath(path)
            );
            if (read.Settings.Unheeded is { } unheeded)
                notices.Warning(unheeded);
            var question = PlanningQuestion.Of(request, read, overrides, target, notices);
            var direct = question.Direct;
            read.Hashes.AddDirect(direct);
            read.Hashes.RequiredBecause = read.Settings.RequiresHashes;
            archive.Read(read, direct);
            session = new PlanningSession(request, question, read, target, archive, stop, notices, interruption);
            await session.IdentifyAsync([.. archive.Places, .. request.Batch]);
            SkippedFiles.TellCount(session.sources.Known(archive.View.Present), archive.Places, notices);
            if (archive.Places.Count == 0 && request.Batch.Count == 0)
                notices.Warning("no archive was given (-f DIR): only what is installed can be chosen");
            UnmatchedNames.Tell(question.Request, () => session.Projects, notices);
            return session;
        }
        catch
        {
            session?.Dispose();
            archive?.Dispose();
            stop.Dispose();
            throw;
        }
    }

    /// <summary>What those of some files are that do not say which project they are: their build backends are asked,
    /// before anything is planned that names them.</summary>
    private static async Task<List<Distribution>> NamelessAsync(
        PlanningRequest request,
        RequirementReader read,
        IReadOnlyList<string> places,
        OpenedArchive archive,
        Notices notices,
        CancellationToken interruption
    )
    {
        var nameless = places
            .Where(place =>
                archive
                    .ReadPath(place)
                    .Any(each => each.Path == place && each.Name is null && HookMetadata.CanBeAsked(each))
            )
            .ToList();
        if (nameless.Count == 0)
            return [];
        using var session = await OpenAsync(
            request with
            {
                Projects = null,
                Batch = nameless,
                ConstraintFiles = [],
                OverrideFiles = [],
                Archive = request.Archive with { Places = [.. request.Archive.Places, .. read.FindLinks] },
            },
            Notices.None,
            interruption
        );
        return [.. session.Batch];
    }

    private static (RequirementReader Read, IReadOnlyList<Requirement> Overrides) ReadRequirements(
        PlanningRequest request,
        Notices notices
    )
    {
        var reader = new RequirementReader(notices);
        if (request.Projects is not null)
            reader.ReadRoots(request.Projects);
        reader.ReadConstraints(request.ConstraintFiles);
        return (reader, reader.ReadOverrides(request.OverrideFiles));
    }

    private static async Task<TargetEnvironment> OpenTargetAsync(
        PlanningRequest request,
        Notices notices,
        CancellationToken cancellation
    )
    {
        var target = await TargetEnvironment.OpenAsync(
            // What this interpreter has is no use to another.
            request.Environments.IsDescribed
                ? request.Target with
                {
                    NoInstalled = true,
                }
                : request.Target,
            request.Archive.CacheFolder,
            onlyPlans: !request.Builds && !request.Metadata.RunsBackends,
            cancellation
        );
        if (target.InstalledError is { } error)
            notices.Warning(error);
        return target;
    }

    private static HookOptions HooksOf(PlanningRequest request, RequirementReader read, TargetEnvironment target) =>
        request
            .Metadata.With(read.ConfigSettings)
            .ToOptions(
                request.Archive.CacheFolder,
                [
                    .. request.Target.FoundByFinder ? [] : target.Destination?.SiteFolders(target.Interpreter) ?? [],
                    .. target.SearchPath,
                ]
            );

    /// <summary>Warns of what a reader of the plan should know: installed distributions that would have been part of it
    /// but for their metadata, and files that two of its projects contain.</summary>
    /// <param name="files">Whether files matter: an install tells of them itself.</param>
    public void Warn(Plan plan, bool files)
    {
        var projects = plan.Steps.Where(step => step.Action == StepAction.Install).Select(step => step.Candidate.Name);
        foreach (var project in projects.Distinct())
        {
            foreach (
                var installed in Target.Installed.Where(each =>
                    each.Problems.Any(problem => problem.Fatal || InstalledDefects.IsOfMetadata(problem))
                    && InstalledDefects.IsOf(each, project)
                )
            )
                notices.Warning($"{installed.Problems[0].Message}; it does not count as installed");
        }
        if (!files || plan.For(Target.Interpreter.Environment) is not { } own)
            return;
        var destination = Target.Destination ?? new InstallDestination.Prefix(Target.Interpreter.Prefix);
        var conflicts = new FileConflicts(
            own,
            new PlanPlaces(destination, Target.Interpreter, own),
            Target.Interpreter,
            looksAtDisk: Target.Destination is not null
        );
        foreach (var line in FileConflicts.Lines(conflicts.OfPlan(own, Environment.CurrentDirectory)))
            notices.Warning(line);
    }

    /// <summary>The best plan for the requirements, or why there is none.</summary>
    /// <exception cref="InputException">A file of it is not what a requirement file says it must be.</exception>
    public async Task<PlanOutcome> PlanAsync() =>
        Judged(
            Timed(
                question switch
                {
                    { Scope: { } scope } => sources.Followed(() =>
                        UniversalPlanner.Plan(Source, Request, scope, Limits, Engine, Interruption)
                    ),
                    { Environments: { Count: > 0 } named } => sources.Followed(() =>
                        EnvironmentsPlanner.Plan(Source, Request, named, Limits, Engine, Interruption)
                    ),
                    _ => await SettledAsync(() => Planner.Plan(Source, Request, Limits, Engine, Interruption), IsSole),
                }
            )
        );

    /// <summary>Writes a proof of the answer of <see cref="PlanAsync()"/>: that no plan is better, or that there is
    /// none.</summary>
    /// <param name="outcome">The answer.</param>
    /// <param name="path">Where the proof goes; its clauses go to <c>PATH.cnf</c>.</param>
    /// <returns>False where a limit was reached first; then nothing is written.</returns>
    /// <exception cref="InputException">The answer is of a kind that has no proof.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public bool Prove(PlanOutcome outcome, string path)
    {
        if (question.IsSeveral)
            throw InputException.Usage("--proof is about one environment", "leave out --universal and --environment");
        if (Request.Objectives.Any(each => each != Objective.Newest))
            throw InputException.Usage(
                "--proof is about the newest plan",
                "leave out --objective: what it counts is proven by searches of their own, not by one refutation"
            );
        return PlanProof.Write(outcome, Source, Request, path, Limits, Interruption);
    }

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
    /// <exception cref="InputException">There is no such fix, or it is for a person to carry out.</exception>
    public async Task<(PlanOutcome Outcome, IReadOnlyList<FixAction> Applied)> PlanAsync(int? fix)
    {
        if (fix is not null && question.IsSeveral)
            throw InputException.Usage(
                "--apply-fix supports one environment only",
                "leave out --universal and --environment"
            );
        return Fixed(
            await PlanAsync(),
            fix,
            changed => Planner.Plan(changed.Source, changed.Request, Limits, Engine, Interruption)
        );
    }

    /// <summary>The order of the batch likewise.</summary>
    /// <param name="given">As in <see cref="OrderAsync(IReadOnlyCollection{string}, bool)"/>.</param>
    /// <param name="fix">From 1; null: no fix is to be applied.</param>
    /// <exception cref="InputException">There is no such fix, or it is for a person to carry out.</exception>
    public async Task<(PlanOutcome Outcome, IReadOnlyList<FixAction> Applied)> OrderAsync(
        IReadOnlyCollection<string> given,
        int? fix
    ) =>
        Fixed(
            await OrderAsync(given, keepGoing: false),
            fix,
            changed =>
                BatchPlanner.Order(
                    BatchPlanner.With(
                        BatchPlanner.Without(BatchItems.Of(Batch, given), changed.LeftOut),
                        changed.Wheels
                    ),
                    changed.Source,
                    changed.Request,
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
        if (outcome is PlanOutcome.Impossible tried && Hashes.RequiredBecause is not null)
            outcome = WithJudgedFixes(tried, plan);
        if (fix is not { } number)
            return (outcome, []);
        if (outcome is PlanOutcome.Planned)
            throw InputException.Usage("--apply-fix: a plan exists without a fix");
        if (outcome is not PlanOutcome.Impossible impossible)
            return (outcome, []);
        var fixes = impossible.Explanation.Fixes;
        if (number > fixes.Count)
            throw InputException.Usage(
                $"--apply-fix {number}: the explanation has {(fixes.Count == 1 ? "one fix" : $"{fixes.Count} fixes")}"
            );
        var applied = fixes[number - 1];
        if (AppliedFix.Of(Source, Request, applied) is not { } changed)
            throw InputException.Usage(
                $"--apply-fix {number} is for you to carry out: {string.Join(", and ", applied.Select(each => each.Text))}"
            );
        return (Judged(Timed(plan(changed))), applied);
    }

    /// <summary>Where every file must have a hash, not every plan will do: fixes whose plan has a file without one are
    /// not offered.</summary>
    private PlanOutcome.Impossible WithJudgedFixes(
        PlanOutcome.Impossible outcome,
        Func<AppliedFix, PlanOutcome> plan
    ) =>
        outcome with
        {
            Explanation = outcome.Explanation with
            {
                Fixes =
                [
                    .. outcome.Explanation.Fixes.Where(fix =>
                        AppliedFix.Of(Source, Request, fix) is not { } changed || Hashes.Allows(plan(changed))
                    ),
                ],
            },
        };

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
        archive.Dispose();
        stop.Dispose();
    }

    /// <summary>Learns what was named but does not say what it is, where backends may be asked.</summary>
    private Task IdentifyAsync(IReadOnlyCollection<string> named) =>
        sources.Dynamic?.IdentifyAsync(
            archive.Batch.Concat(archive.View.Present.Where(each => SkippedFiles.IsAskedByName(each, named))),
            PlanBuild,
            () => sources.Reached,
            stop.Token
        )
        ?? Task.CompletedTask;

    /// <summary>Each plan on the way is judged by its hashes, before code from its files is run.</summary>
    private Task<PlanOutcome> SettledAsync(Func<PlanOutcome> plan, Func<PackageName, bool>? isSole) =>
        sources.Dynamic is { } dynamic
            ? dynamic.SettleAsync(
                () => Hashes.Judge(sources.Followed(plan)),
                PlanBuild,
                () => sources.Reached,
                stop.Token,
                isSole
            )
            : Task.FromResult(sources.Followed(plan));

    private bool IsSole(PackageName project) => Source.CandidatesOf(project).Count == 1;

    private PlanOutcome PlanBuild(IReadOnlyList<Requirement> requirements) =>
        Planner.Plan(sources.BuildSource, Request with { Roots = requirements }, Limits, Engine, Interruption);

    /// <summary>The outcome once every hash that was given holds, with the trees marked that were requested
    /// editable.</summary>
    private PlanOutcome Judged(PlanOutcome outcome) =>
        Hashes.Judge(outcome) is PlanOutcome.Planned planned
            ? planned with
            {
                Plan = EditableTrees.Marked(planned.Plan, Editables),
            }
            : outcome;

    private PlanOutcome Timed(PlanOutcome outcome)
    {
        Interruption.ThrowIfCancellationRequested();
        return outcome switch
        {
            PlanOutcome.Planned planned => planned with
            {
                Plan = planned.Plan with
                {
                    Statistics = Timed(planned.Plan.Statistics),
                    PassedOver = NewerVersions.Of(planned.Plan, Source, Request),
                },
            },
            PlanOutcome.Impossible impossible => impossible with { Statistics = Timed(impossible.Statistics) },
            PlanOutcome.GaveUp gaveUp => gaveUp with { Statistics = Timed(gaveUp.Statistics) },
            _ => outcome,
        };
    }

    private PlanStatistics Timed(PlanStatistics statistics) =>
        statistics with
        {
            ScanMilliseconds = Target.ScanTime.TotalMilliseconds,
        };
}
