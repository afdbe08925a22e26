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
    private readonly OpenedSession opened;

    private PlanningSession(OpenedSession opened) => this.opened = opened;

    /// <summary>The interpreter, the destination, and what is installed there.</summary>
    public TargetEnvironment Target => opened.Target;

    /// <summary>What the paths of a batch hold; empty without a batch.</summary>
    public IReadOnlyList<Distribution> Batch => opened.Sources.Batch;

    /// <summary>What there is to choose from beside the batch.</summary>
    public ICandidateSource Source => opened.Sources.Source;

    /// <summary>The request as the planner gets it.</summary>
    public PlanRequest Request => opened.Question.Request;

    /// <summary>The engine.</summary>
    public ISolver Engine => opened.Request.Engine;

    /// <summary>The hashes that files must have.</summary>
    public ExpectedHashes Hashes => opened.Requirements.Hashes;

    /// <summary>The settings for build backends that requirement files give.</summary>
    public IReadOnlyList<ConfigSetting> ConfigSettings => opened.Requirements.ConfigSettings;

    /// <summary>The source trees that were requested editable, as given.</summary>
    public IReadOnlyList<string> Editables => opened.Requirements.Editables;

    /// <summary>The limits of the request: reading, planning and every question share one deadline.</summary>
    public PlanLimits Limits => opened.Request.Limits;

    /// <summary>Cancelled when the caller wants the session to end.</summary>
    public CancellationToken Interruption => opened.Interruption;

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
        using var opening = new SessionOpening(request, notices ?? Notices.None, interruption);
        await opening.ReadRequirementsAsync();
        opening.ReadArchive();
        await opening.IdentifyAsync();
        return new PlanningSession(opening.Finish());
    }

    /// <summary>Warns of what a reader of the plan should know: installed distributions that would have been part of it
    /// but for their metadata, and files that two of its projects contain.</summary>
    /// <param name="files">Whether files matter: an install tells of them itself.</param>
    public void Warn(Plan plan, bool files) => PlanWarnings.Tell(plan, files, Target, opened.Notices);

    /// <summary>The best plan for the requirements, or why there is none.</summary>
    /// <exception cref="InputException">A file of it is not what a requirement file says it must be.</exception>
    public async Task<PlanOutcome> PlanAsync() =>
        Judged(
            Timed(
                opened.Question switch
                {
                    { Scope: { } scope } => opened.Sources.Followed(() =>
                        UniversalPlanner.Plan(Source, Request, scope, Limits, Engine, Interruption)
                    ),
                    { Environments: { Count: > 0 } named } => opened.Sources.Followed(() =>
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
        if (opened.Question.IsSeveral)
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
        if (opened.Sources.Dynamic is not null)
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
        if (fix is not null && opened.Question.IsSeveral)
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

    /// <summary>The order of the batch, with a fix of the explanation applied where there is none without.</summary>
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
                    cancellation: Interruption
                )
        );

    private (PlanOutcome Outcome, IReadOnlyList<FixAction> Applied) Fixed(
        PlanOutcome outcome,
        int? number,
        Func<AppliedFix, PlanOutcome> plan
    )
    {
        var choice = new FixChoice(Hashes, fix => AppliedFix.Of(Source, Request, fix), plan);
        var (chosen, applied) = choice.Apply(outcome, number);
        return (applied.Count > 0 ? Judged(Timed(chosen)) : chosen, applied);
    }

    /// <summary>What is asked, as a problem: of the batch where there is one.</summary>
    /// <param name="given">The paths of the batch as given.</param>
    public CandidateProblem Question(IReadOnlyCollection<string> given) =>
        given.Count > 0
            ? BatchPlanner.Question(BatchItems.Of(Batch, given), Source, Request)
            : RequestedProblem.Of(Source, Request);

    /// <summary>As <see cref="SettleAsync"/>, for the batch.</summary>
    /// <param name="given">The paths as given: a defect of a file that is among them is fatal.</param>
    /// <returns>The order, or that there is none, whose reason is not searched for where it is not needed.</returns>
    public Task<PlanOutcome> SettleBatchAsync(IReadOnlyCollection<string> given) =>
        OrderAsync(given, keepGoing: false, explains: opened.Sources.Dynamic is not null);

    /// <summary>The order of the batch, or why there is none.</summary>
    /// <param name="given">The paths as given: a defect of a file that is among them is fatal.</param>
    public Task<PlanOutcome> OrderAsync(IReadOnlyCollection<string> given, bool keepGoing) =>
        OrderAsync(given, keepGoing, explains: true);

    private async Task<PlanOutcome> OrderAsync(IReadOnlyCollection<string> given, bool keepGoing, bool explains) =>
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
                            explains,
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
        opened.Dispose();
    }

    /// <summary>Each plan on the way is judged by its hashes, before code from its files is run.</summary>
    private Task<PlanOutcome> SettledAsync(Func<PlanOutcome> plan, Func<PackageName, bool>? isSole) =>
        opened.Sources.Dynamic is { } dynamic
            ? dynamic.SettleAsync(
                () => Hashes.Judge(opened.Sources.Followed(plan)),
                opened.PlanBuild,
                () => opened.Sources.Reached,
                opened.Stop.Token,
                isSole
            )
            : Task.FromResult(opened.Sources.Followed(plan));

    private bool IsSole(PackageName project) => Source.CandidatesOf(project).Count == 1;

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
