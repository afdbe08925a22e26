using Resolver.Application.Inputs;
using Resolver.Archives.Distributions;
using Resolver.Archives.Hooks;
using Resolver.Execution.Hooks;
using Resolver.Interpreters;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Application.Backends;

/// <summary>Plans with what build backends say (<c>--offline-metadata build</c>), and asks them for no more than the
/// plan needs.</summary>
/// <remarks>
/// What is not known is taken to require nothing, and a plan is made. The first thing in it, in the order in which
/// choices are made, whose backend has not been asked is asked, in the environment that this very plan provides for
/// its build; then all is planned again, until everything chosen is known. As an answer can only add requirements to
/// what the plan was made with, the last plan is the best there is, and where there is none there is none; nothing
/// else need be asked. Before a build requirement is used to ask, it is known itself. Beside the first those are
/// asked that every plan must hold, whatever the others answer (<see cref="Certain"/>): no code is run of what might
/// not be chosen. Which these are does not depend on how many are asked at once, so the plan does not either.
/// </remarks>
internal sealed class DynamicMetadata : IDisposable
{
    // A backend whose answer changes what it is asked with, for ever.
    private const int MostQuestions = 20;

    private static readonly Version NoVersion = Version.Parse("0");
    private static readonly PackageName NoName = PackageName.Parse("unnamed");

    private readonly BackendHooks hooks;
    private readonly int jobs;
    private readonly Notices notices;
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Func<PackageName, bool> isThere;
    private readonly List<string> failures = [];
    private readonly HashSet<string> withoutWheel = new(StringComparer.Ordinal);
    private readonly HashSet<Entry> identifying = [];
    private readonly bool ignoresBuildRequirements;
    private bool hasWarned;

    /// <param name="distributions">All there are; of several of one path the first counts.</param>
    /// <param name="isThere">Whether there is anything of a project, in the archive or installed.</param>
    /// <param name="ignoresBuildRequirements">Whether what is planned is built without planning what the builds
    /// require (<c>--no-build-deps</c>).</param>
    public DynamicMetadata(
        Interpreter interpreter,
        HookOptions options,
        IEnumerable<Distribution> distributions,
        Func<PackageName, bool> isThere,
        Notices notices,
        bool ignoresBuildRequirements
    )
    {
        this.isThere = isThere;
        this.ignoresBuildRequirements = ignoresBuildRequirements;
        hooks = new BackendHooks(interpreter, options);
        jobs = options.Jobs;
        this.notices = notices;
        Add(distributions, isFurther: false);
    }

    /// <summary>Counts up whenever something new is known: what was made of <see cref="View"/> before is out of date
    /// then.</summary>
    public int Knowledge { get; private set; }

    /// <summary>The distributions as they are known now.</summary>
    /// <param name="isFurther">Whether they are those of one project, loaded when it was reached.</param>
    public IReadOnlyList<Distribution> View(IReadOnlyList<Distribution> distributions, bool isFurther = false)
    {
        lock (entries)
        {
            Add(distributions, isFurther);
            return
            [
                .. distributions.Select(each =>
                    each.Path is { } path && entries.TryGetValue(path, out var entry)
                        ? HookMetadata.Provisional(entry.Current)
                        : HookMetadata.Asked(each)
                ),
            ];
        }
    }

    /// <summary>Those that were loaded with one project and belong to another.</summary>
    public IEnumerable<Distribution> Renamed =>
        entries
            .Values.Where(each => each.IsFurther && each.Current.Name != each.Original.Name)
            .Select(each => HookMetadata.Provisional(each.Current))
            .ToList();

    /// <summary>Whether it is not known what this is, but its backend could tell.</summary>
    public bool IsOpen(Distribution distribution) =>
        distribution.Path is { } path && entries.TryGetValue(path, out var entry) && entry.IsNameless;

    /// <summary>Plans until all that is chosen is known.</summary>
    /// <param name="plan">Makes a plan from what is known now.</param>
    /// <param name="planBuild">Makes a plan for requirements of a build from what is known now.</param>
    /// <param name="reached">The projects that the last plan looked at.</param>
    /// <param name="isSole">Whether whoever requires a project has but one candidate to choose from; null: that is
    /// not known of any.</param>
    public Task<PlanOutcome> SettleAsync(
        Func<PlanOutcome> plan,
        Func<IReadOnlyList<Requirement>, PlanOutcome> planBuild,
        Func<IReadOnlySet<PackageName>> reached,
        CancellationToken cancellation,
        Func<PackageName, bool>? isSole = null
    ) => SettleAsync(plan, planBuild, reached, isSole, ignoresBuildRequirements, cancellation);

    /// <param name="isComplete">Whether builds have what they require without the plan saying so.</param>
    private async Task<PlanOutcome> SettleAsync(
        Func<PlanOutcome> plan,
        Func<IReadOnlyList<Requirement>, PlanOutcome> planBuild,
        Func<IReadOnlySet<PackageName>> reached,
        Func<PackageName, bool>? isSole,
        bool isComplete,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var outcome = plan();
            // A file whose version nobody knows may be the very one that is missing.
            var looked = reached();
            if (
                entries.Values.FirstOrDefault(each =>
                    each is { IsNameless: true, IsClosed: false, Current.Name: { } name }
                    && looked.Contains(name)
                    && !identifying.Contains(each)
                ) is
                { } nameless
            )
            {
                await IdentifyAsync(nameless, planBuild, reached, cancellation);
                continue;
            }

            if (outcome is not PlanOutcome.Planned { Plan: var made })
                return outcome;
            var environments = new PlannedEnvironments(made);
            var questions = Next(environments, isSole);
            if (questions.Count == 0)
            {
                Tell();
                return outcome;
            }

            await AskAsync(questions, environments, isComplete, cancellation);
        }
    }

    /// <summary>Learns what these are, where only their backends know.</summary>
    public async Task IdentifyAsync(
        IEnumerable<Distribution> distributions,
        Func<IReadOnlyList<Requirement>, PlanOutcome> planBuild,
        Func<IReadOnlySet<PackageName>> reached,
        CancellationToken cancellation
    )
    {
        foreach (var each in distributions.Where(IsOpen))
            await IdentifyAsync(entries[each.Path!], planBuild, reached, cancellation);
    }

    /// <summary>Learns all that can be known of these, whether a plan needs it or not.</summary>
    public async Task LearnAsync(
        IEnumerable<Distribution> distributions,
        Func<IReadOnlyList<Requirement>, PlanOutcome> planBuild,
        Func<IReadOnlySet<PackageName>> reached,
        CancellationToken cancellation
    )
    {
        foreach (var each in distributions)
        {
            if (
                each.Path is { } path
                && entries.TryGetValue(path, out var entry)
                && entry is { IsUnsure: true, IsIdentified: false }
            )
                await IdentifyAsync(entry, planBuild, reached, cancellation);
        }
    }

    /// <summary>The distributions with all that is known, and no more: what nobody said is not taken to be
    /// nothing.</summary>
    public IReadOnlyList<Distribution> Told(IReadOnlyList<Distribution> distributions) =>
        [
            .. distributions.Select(each =>
                each.Path is { } path && entries.TryGetValue(path, out var entry) ? entry.Current : each
            ),
        ];

    /// <summary>Says whose backends failed, and what was passed over for it: where the answer itself does not say
    /// so.</summary>
    public void Tell()
    {
        if (withoutWheel.Count > 0)
            notices.Warning(
                $"{(withoutWheel.Count == 1 ? withoutWheel.First() : $"{withoutWheel.Count} projects")}: setuptools "
                    + $"before 70.1 requires wheel to build, and there is no wheel in the archive; the builds may "
                    + $"fail: add wheel, or setuptools 70.1 or later"
            );
        withoutWheel.Clear();
        foreach (var failure in failures)
            notices.Warning(failure);
        failures.Clear();
    }

    public void Dispose() => hooks.Dispose();

    /// <summary>Asks about something of no known name or version: its build is planned by itself, as if it were the
    /// only thing to install.</summary>
    private async Task IdentifyAsync(
        Entry entry,
        Func<IReadOnlyList<Requirement>, PlanOutcome> planBuild,
        Func<IReadOnlySet<PackageName>> reached,
        CancellationToken cancellation
    )
    {
        if (!identifying.Add(entry))
            return;
        try
        {
            while (entry is { IsClosed: false, IsSettled: false, IsIdentified: false })
            {
                var outcome = await SettleAsync(
                    () => planBuild(entry.Current.BuildRequires!),
                    planBuild,
                    reached,
                    isSole: null,
                    isComplete: false,
                    cancellation
                );
                if (outcome is not PlanOutcome.Planned { Plan: var plan })
                {
                    var why = outcome is PlanOutcome.Impossible impossible
                        ? $": {impossible.Explanation.Text.Split('\n')[0]}"
                        : "";
                    Close(
                        entry,
                        HookCodes.RequirementFailed,
                        $"{entry.Path}: its name is unknown: its build backend cannot run, because its build "
                            + $"requirements are not available{why}"
                    );
                    return;
                }

                var candidate = new Candidate
                {
                    Name = entry.Current.Name ?? NoName,
                    Version = entry.Current.Version ?? NoVersion,
                    Kind = entry.Current.Kind,
                    Path = entry.Path,
                    Sha256 = entry.Current.Sha256,
                    BuildRequires = entry.Current.BuildRequires,
                    BuildEnvironment = entry.Current.BuildEnvironment,
                };
                var selected = plan.Steps.ToDictionary(each => each.Candidate.Name, each => each.Candidate);
                var requires = plan
                    .Roots.Where(root => selected.ContainsKey(root.Name))
                    .Select(root => new PlannedRequirement(root, Role.Build, selected[root.Name]))
                    .ToList();
                await AskAsync(
                    [(entry, new PlanStep(plan.Steps.Count + 1, 1, StepAction.Install, candidate, requires, []))],
                    new PlannedEnvironments(plan),
                    isComplete: false,
                    cancellation
                );
            }
        }
        finally
        {
            identifying.Remove(entry);
        }
    }

    private void Add(IEnumerable<Distribution> distributions, bool isFurther)
    {
        foreach (var each in distributions.Where(HookMetadata.CanBeAsked))
            entries.TryAdd(each.Path!, new Entry(HookMetadata.Asked(each), isFurther));
    }

    /// <summary>Asks side by side; what is answered is taken in the order of the questions.</summary>
    private async Task AskAsync(
        IReadOnlyList<(Entry Entry, PlanStep Step)> questions,
        PlannedEnvironments environments,
        bool isComplete,
        CancellationToken cancellation
    )
    {
        using var slots = new SemaphoreSlim(jobs);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var asked = new List<(Entry Entry, string Key, Task<HookOutcome> Outcome)>();
        foreach (var (entry, step) in questions)
        {
            if (++entry.Questions > MostQuestions)
            {
                Close(
                    entry,
                    HookCodes.InvalidAnswer,
                    $"{entry.Path}: its build backend {entry.Current.BuildBackend} keeps changing its requirements "
                        + $"(gave up after {MostQuestions} attempts)"
                );
                continue;
            }

            // Without its token: a slot is free soon after the token ends what is running.
            await slots.WaitAsync(CancellationToken.None);
            asked.Add((entry, hooks.KeyOf(step, environments), OneAsync(entry, step)));
        }

        // All have ended before anyone hears of one that went wrong: they use what is then cleared away.
        await ((Task)Task.WhenAll(asked.Select(each => each.Outcome))).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing
        );
        foreach (var each in asked.Where(each => each.Outcome.IsFaulted))
            await each.Outcome;
        cancellation.ThrowIfCancellationRequested();
        if (hooks.NetworkReason is { } reason && !hasWarned)
        {
            hasWarned = true;
            notices.Warning($"build backends run with network access: {reason}");
        }

        foreach (var (entry, key, outcome) in asked)
            Take(entry, key, await outcome);

        async Task<HookOutcome> OneAsync(Entry entry, PlanStep step)
        {
            try
            {
                return await hooks.AskAsync(
                    step,
                    environments,
                    entry.Current.BuildBackend!,
                    entry.Current.BackendPath,
                    entry.IsUnsure,
                    // What a backend adds is there as well: to plan it would never come to an end, as plans ignore it.
                    requirement => isComplete || IsLacking(entry, requirement),
                    () => Starting(entry),
                    ending.Token
                );
            }
            catch
            {
                // Without pip, say, none of the others can be asked either.
                await ending.CancelAsync();
                throw;
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private void Take(Entry entry, string key, HookOutcome outcome)
    {
        switch (outcome)
        {
            case HookOutcome.Answered { Answer: var answer }:
                // What was requested in another environment is not forgotten: so requirements only grow, and this
                // ends.
                entry.BuildRequires.AddRange(answer.BuildRequires.Where(each => !entry.BuildRequires.Contains(each)));
                var isWhole =
                    answer.BuildRequires.All(each => entry.Current.BuildRequires!.Contains(each))
                    && (answer.Metadata is not null || !entry.IsUnsure);
                entry.Current = HookMetadata.Apply(entry.Original, answer with { BuildRequires = entry.BuildRequires });
                entry.Key = isWhole ? key : null;
                entry.IsIdentified |= answer.Metadata is not null;
                Knowledge++;
                break;
            case HookOutcome.Failed failed
                when IsHookFailure(failed.Code) && HookMetadata.IsUsableUnasked(entry.Current):
                entry.Current = HookMetadata.Unasked(entry.Current, failed.Code, failed.Message);
                entry.IsSettled = true;
                failures.Add($"{failed.Message}; its static metadata is used");
                Knowledge++;
                break;
            case HookOutcome.Failed failed:
                Close(
                    failed.Culprit.Path is { } path && entries.TryGetValue(path, out var culprit) ? culprit : entry,
                    failed.Code,
                    failed.Message
                );
                break;
        }
    }

    /// <summary>Whether a backend was asked and gave no answer; not where its file is not the one that was
    /// planned.</summary>
    private static bool IsHookFailure(string code) =>
        code is HookCodes.Failed or HookCodes.TimedOut or HookCodes.InvalidAnswer or HookCodes.RequirementFailed;

    private bool IsLacking(Entry entry, Requirement requirement)
    {
        if (
            !HookMetadata.IsOfEverySetuptools(entry.Current, requirement)
            || entry.Current.BuildRequires!.Contains(requirement)
            || isThere(requirement.Name)
        )
            return false;
        lock (withoutWheel)
            withoutWheel.Add(entry.Path);
        return true;
    }

    private void Close(Entry entry, string code, string message)
    {
        // Several that were asked at once may have needed it.
        if (entry.IsClosed)
            return;
        entry.Current = HookMetadata.Failed(entry.Current, code, message);
        entry.IsClosed = true;
        failures.Add(message);
        Knowledge++;
    }

    private void Starting(Entry entry)
    {
        notices.Activity($"asking {entry.Current.BuildBackend} about {entry.Path}");
    }

    /// <summary>What to ask next: the first thing chosen that is not settled, or what its own build needs and is not
    /// settled; and what is certain to be asked and can be asked now. Empty where all is settled.</summary>
    private List<(Entry Entry, PlanStep Step)> Next(PlannedEnvironments environments, Func<PackageName, bool>? isSole)
    {
        // What is only built is judged behind all that the plan holds, as the search does it.
        if (
            Chosen(environments)
                .Concat(environments.Apart)
                .Select(step => Ready(step, environments))
                .FirstOrDefault(each => each is not null)
            is not { } first
        )
            return [];
        var questions = new List<(Entry Entry, PlanStep Step)> { first };
        if (isSole is not null)
        {
            foreach (var step in Certain(environments, isSole))
            {
                // One that waits for another has it asked in its place.
                if (
                    Ready(step, environments) is { } next
                    && next.Step.Candidate == step.Candidate
                    && !questions.Contains(next)
                )
                    questions.Add(next);
            }
        }

        return questions;
    }

    /// <summary>A step that is not settled, or what comes before it: of all that takes part in its build, in the
    /// order in which that is built, the first that is not settled has only settled things below it.</summary>
    private (Entry Entry, PlanStep Step)? Ready(PlanStep step, PlannedEnvironments environments)
    {
        if (Unsettled(step, environments) is not { } entry)
            return null;
        var below = environments
            .Below(step)
            .Select(each => (Entry: Unsettled(each, environments), Step: each))
            .FirstOrDefault(each => each.Entry is not null);
        return below.Entry is null ? (entry, step) : (below.Entry, below.Step);
    }

    private Entry? Unsettled(PlanStep step, PlannedEnvironments environments)
    {
        if (
            step.Action != StepAction.Install
            || step.Candidate.Path is not { } path
            || !entries.TryGetValue(path, out var entry)
            || entry.IsClosed
            || entry.IsSettled
        )
            return null;
        if (!entry.IsUnsure && HookMetadata.AddsNothing(entry.Current))
            return null;
        return entry.Key is { } key && key == hooks.KeyOf(step, environments) ? null : entry;
    }

    /// <summary>The steps in the order in which the search settles them: from the roots on, breadth first.</summary>
    private static IEnumerable<PlanStep> Chosen(PlannedEnvironments environments)
    {
        var byName = environments.Plan.Steps.ToLookup(step => step.Candidate.Name);
        return Reached(
                environments.Plan.Roots.SelectMany(root => byName[root.Name]),
                step => step.Requires.Select(each => each.SatisfiedBy),
                environments
            )
            .Concat(environments.Plan.Steps)
            .Distinct();
    }

    /// <summary>What every plan holds: the only candidate of a project that is requested, or that something certain
    /// is known to require. What is not known yet can only require more.</summary>
    private static IEnumerable<PlanStep> Certain(PlannedEnvironments environments, Func<PackageName, bool> isSole)
    {
        var byName = environments.Plan.Steps.ToLookup(step => step.Candidate.Name);
        return Reached(
            environments.Plan.Roots.Where(root => isSole(root.Name)).SelectMany(root => byName[root.Name]),
            // A requirement of an extra holds because something requests the extra, which may not be certain.
            step =>
                step.Requires.Where(each =>
                        each is { Role: Role.Build or Role.Runtime, Extra: null } && isSole(each.Requirement.Name)
                    )
                    .Select(each => each.SatisfiedBy),
            environments
        );
    }

    private static IEnumerable<PlanStep> Reached(
        IEnumerable<PlanStep> first,
        Func<PlanStep, IEnumerable<Candidate?>> next,
        PlannedEnvironments environments
    )
    {
        var queue = new Queue<PlanStep>(first);
        var seen = new HashSet<PlanStep>(ReferenceEqualityComparer.Instance);
        while (queue.TryDequeue(out var step))
        {
            if (!seen.Add(step))
                continue;
            yield return step;
            foreach (var each in next(step))
            {
                if (each is not null && environments.StepOf(each) is { } found)
                    queue.Enqueue(found);
            }
        }
    }

    /// <summary>What is known of one distribution.</summary>
    private sealed class Entry(Distribution original, bool isFurther)
    {
        public bool IsFurther { get; } = isFurther;

        public Distribution Original { get; } = original;

        public Distribution Current { get; set; } = original;

        public string Path => Original.Path!;

        /// <summary>Everything its backend ever requested.</summary>
        public List<Requirement> BuildRequires { get; } = [];

        /// <summary>In which environment it has said all there is to say; null: none.</summary>
        public string? Key { get; set; }

        public int Questions { get; set; }

        /// <summary>Whether it cannot be used, and is not asked again.</summary>
        public bool IsClosed { get; set; }

        /// <summary>Whether its backend failed, and it is used as it is known without.</summary>
        public bool IsSettled { get; set; }

        /// <summary>Whether its backend has given metadata.</summary>
        public bool IsIdentified { get; set; }

        public bool IsUnsure { get; } = HookMetadata.IsUnsure(original);

        public bool IsNameless => !IsIdentified && (Original.Name is null || Original.Version is null);
    }
}
