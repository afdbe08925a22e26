using Resolver.Archives.Distributions;
using Resolver.Archives.Hooks;
using Resolver.Archives.Interpreters;
using Resolver.Execution.Hooks;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Inputs;

/// <summary>Plans with what build backends say (<c>--offline-metadata build</c>), and asks them for no more than the plan needs.</summary>
/// <remarks>
/// What is not known is taken to require nothing, and a plan is made. The first thing in it, in the order in which choices are made, whose backend has not been asked is asked, in the
/// environment that this very plan provides for its build; then all is planned again, until everything chosen is known. As an answer can only add requirements to what the plan was
/// made with, the last plan is the best there is, and where there is none there is none; nothing else need be asked. Before a build requirement is used to ask, it is known itself.
/// </remarks>
internal sealed class DynamicMetadata : IDisposable
{
    // A backend whose answer changes what it is asked with, for ever.
    private const int MostQuestions = 20;

    private static readonly Version NoVersion = Version.Parse("0");
    private static readonly PackageName NoName = PackageName.Parse("unnamed");

    private readonly BackendHooks hooks;
    private readonly CommandContext context;
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly List<string> failures = [];
    private readonly HashSet<Entry> identifying = [];
    private bool hasWarned;

    /// <param name="distributions">All there are; of several of one path the first counts.</param>
    public DynamicMetadata(Interpreter interpreter, HookOptions options, IEnumerable<Distribution> distributions, CommandContext context)
    {
        hooks = new BackendHooks(interpreter, options);
        this.context = context;
        Add(distributions, isFurther: false);
    }

    /// <summary>Counts up whenever something new is known: what was made of <see cref="View"/> before is out of date then.</summary>
    public int Knowledge { get; private set; }

    /// <summary>The distributions as they are known now.</summary>
    /// <param name="isFurther">Whether they are those of one project, loaded when it was reached.</param>
    public IReadOnlyList<Distribution> View(IReadOnlyList<Distribution> distributions, bool isFurther = false)
    {
        lock (entries)
        {
            Add(distributions, isFurther);
            return [.. distributions.Select(each => each.Path is { } path && entries.TryGetValue(path, out var entry) ? HookMetadata.Provisional(entry.Current) : each)];
        }
    }

    /// <summary>Those that were loaded with one project and belong to another.</summary>
    public IEnumerable<Distribution> Renamed => entries.Values.Where(each => each.IsFurther && each.Current.Name != each.Original.Name).Select(each => HookMetadata.Provisional(each.Current)).ToList();

    /// <summary>Whether it is not known what this is, but its backend could tell.</summary>
    public bool IsOpen(Distribution distribution) => distribution.Path is { } path && entries.TryGetValue(path, out var entry) && entry.IsNameless;

    /// <summary>Plans until all that is chosen is known.</summary>
    /// <param name="plan">Makes a plan from what is known now.</param>
    /// <param name="planBuild">Makes a plan for requirements of a build, likewise.</param>
    /// <param name="reached">The projects that the last plan looked at.</param>
    public async Task<PlanOutcome> SettleAsync(
        Func<PlanOutcome> plan, Func<IReadOnlyList<Requirement>, PlanOutcome> planBuild, Func<IReadOnlySet<PackageName>> reached, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var outcome = plan();
            // A file whose version nobody knows may be the very one that is missing.
            var looked = reached();
            if (entries.Values.FirstOrDefault(each => each is { IsNameless: true, IsClosed: false, Current.Name: { } name } && looked.Contains(name) && !identifying.Contains(each)) is { } nameless)
            {
                await IdentifyAsync(nameless, planBuild, reached, cancellation);
                continue;
            }

            if (outcome is not PlanOutcome.Planned { Plan: var made } || Next(made) is not { } next)
            {
                if (outcome is PlanOutcome.Planned)
                    Tell();
                return outcome;
            }

            await AskAsync(next.Entry, next.Step, made, cancellation);
        }
    }

    /// <summary>Learns what these are, where only their backends know.</summary>
    public async Task IdentifyAsync(
        IEnumerable<Distribution> distributions, Func<IReadOnlyList<Requirement>, PlanOutcome> planBuild, Func<IReadOnlySet<PackageName>> reached, CancellationToken cancellation)
    {
        foreach (var each in distributions.Where(IsOpen))
            await IdentifyAsync(entries[each.Path!], planBuild, reached, cancellation);
    }

    /// <summary>Learns all that can be known of these, whether a plan needs it or not.</summary>
    public async Task LearnAsync(
        IEnumerable<Distribution> distributions, Func<IReadOnlyList<Requirement>, PlanOutcome> planBuild, Func<IReadOnlySet<PackageName>> reached, CancellationToken cancellation)
    {
        foreach (var each in distributions)
        {
            if (each.Path is { } path && entries.TryGetValue(path, out var entry) && entry is { IsUnsure: true, IsIdentified: false })
                await IdentifyAsync(entry, planBuild, reached, cancellation);
        }
    }

    /// <summary>The distributions with all that is known, and no more: what nobody said is not taken to be nothing.</summary>
    public IReadOnlyList<Distribution> Told(IReadOnlyList<Distribution> distributions) =>
        [.. distributions.Select(each => each.Path is { } path && entries.TryGetValue(path, out var entry) ? entry.Current : each)];

    /// <summary>Says what was passed over because its backend failed: where the answer itself does not say so.</summary>
    public void Tell()
    {
        foreach (var failure in failures)
            context.Diagnostics.Warning(failure);
        failures.Clear();
    }

    public void Dispose() => hooks.Dispose();

    /// <summary>Asks about something of no known name or version: its build is planned by itself, as if it were the only thing to install.</summary>
    private async Task IdentifyAsync(Entry entry, Func<IReadOnlyList<Requirement>, PlanOutcome> planBuild, Func<IReadOnlySet<PackageName>> reached, CancellationToken cancellation)
    {
        if (!identifying.Add(entry))
            return;
        try
        {
            while (entry is { IsClosed: false, IsIdentified: false })
            {
                var outcome = await SettleAsync(() => planBuild(entry.Current.BuildRequires!), planBuild, reached, cancellation);
                if (outcome is not PlanOutcome.Planned { Plan: var plan })
                {
                    var why = outcome is PlanOutcome.Impossible impossible ? $": {impossible.Explanation.Text.Split('\n')[0]}" : "";
                    Close(entry, HookCodes.RequirementFailed, $"{entry.Path}: its build backend cannot be asked what it is, as its build requirements cannot be had{why}");
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
                var requires = plan.Roots.Where(root => selected.ContainsKey(root.Name)).Select(root => new PlannedRequirement(root, Role.Build, selected[root.Name])).ToList();
                await AskAsync(entry, new PlanStep(plan.Steps.Count + 1, 1, StepAction.Install, candidate, requires, []), plan, cancellation);
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
            entries.TryAdd(each.Path!, new Entry(each, isFurther));
    }

    private async Task AskAsync(Entry entry, PlanStep step, Plan plan, CancellationToken cancellation)
    {
        if (++entry.Questions > MostQuestions)
        {
            Close(entry, HookCodes.InvalidAnswer, $"{entry.Path}: its build backend {entry.Current.BuildBackend} answers otherwise each time its answer was heeded ({MostQuestions} times)");
            return;
        }

        var key = hooks.KeyOf(step, plan);
        var outcome = await hooks.AskAsync(
            step, plan, entry.Current.BuildBackend!, entry.Current.BackendPath, entry.IsUnsure,
            () => Starting(entry), cancellation);
        if (hooks.NetworkReason is { } reason && !hasWarned)
        {
            hasWarned = true;
            context.Diagnostics.Warning($"build backends are run with the network of this machine: {reason}");
        }

        switch (outcome)
        {
            case HookOutcome.Answered { Answer: var answer }:
                // What was asked for in another environment is not forgotten: so requirements only grow, and this comes to an end.
                entry.BuildRequires.AddRange(answer.BuildRequires.Where(each => !entry.BuildRequires.Contains(each)));
                var isWhole = answer.BuildRequires.All(each => entry.Current.BuildRequires!.Contains(each)) && (answer.Metadata is not null || !entry.IsUnsure);
                entry.Current = HookMetadata.Apply(entry.Original, answer with { BuildRequires = entry.BuildRequires });
                entry.Key = isWhole ? key : null;
                entry.IsIdentified |= answer.Metadata is not null;
                Knowledge++;
                break;
            case HookOutcome.Failed failed:
                Close(failed.Culprit.Path is { } path && entries.TryGetValue(path, out var culprit) ? culprit : entry, failed.Code, failed.Message);
                break;
        }
    }

    private void Close(Entry entry, string code, string message)
    {
        entry.Current = HookMetadata.Failed(entry.Current, code, message);
        entry.IsClosed = true;
        failures.Add(message);
        Knowledge++;
    }

    private void Starting(Entry entry)
    {
        if (context.Settings.Verbose || context.ShowsLiveProgress)
            context.Diagnostics.Note($"asking {entry.Current.BuildBackend} about {entry.Path}");
    }

    /// <summary>What to ask next: the first thing chosen that is not settled, or what its own build needs and is not settled; null where all is.</summary>
    private (Entry Entry, PlanStep Step)? Next(Plan plan)
    {
        var steps = plan.Steps.ToDictionary(step => step.Candidate);
        foreach (var step in Chosen(plan, steps))
        {
            if (Unsettled(step, plan) is not { } entry)
                continue;
            // In the order of the plan the first of them has only settled things below it.
            var first = BuildClosure(step, steps).OrderBy(each => each.Order).Select(each => (Entry: Unsettled(each, plan), Step: each)).FirstOrDefault(each => each.Entry is not null);
            return first.Entry is { } below ? (below, first.Step) : (entry, step);
        }

        return null;
    }

    private Entry? Unsettled(PlanStep step, Plan plan)
    {
        if (step.Action != StepAction.Install || step.Candidate.Path is not { } path || !entries.TryGetValue(path, out var entry) || entry.IsClosed)
            return null;
        if (!entry.IsUnsure && HookMetadata.AddsNothing(entry.Current))
            return null;
        return entry.Key is { } key && key == hooks.KeyOf(step, plan) ? null : entry;
    }

    /// <summary>The steps in the order in which the search settles them: from the roots on, breadth first.</summary>
    private static IEnumerable<PlanStep> Chosen(Plan plan, Dictionary<Candidate, PlanStep> steps)
    {
        var byName = plan.Steps.ToLookup(step => step.Candidate.Name);
        return Reached(plan.Roots.SelectMany(root => byName[root.Name]), step => step.Requires, steps).Concat(plan.Steps).Distinct();
    }

    /// <summary>All that a build uses, and what is needed to build that.</summary>
    private static IEnumerable<PlanStep> BuildClosure(PlanStep step, Dictionary<Candidate, PlanStep> steps) =>
        Reached(step.Requires.Where(each => each is { Role: Role.Build, SatisfiedBy: not null }).Select(each => steps.GetValueOrDefault(each.SatisfiedBy!)).OfType<PlanStep>(), each => each.Requires, steps);

    private static IEnumerable<PlanStep> Reached(IEnumerable<PlanStep> first, Func<PlanStep, IEnumerable<PlannedRequirement>> requires, Dictionary<Candidate, PlanStep> steps)
    {
        var queue = new Queue<PlanStep>(first);
        var seen = new HashSet<PlanStep>(ReferenceEqualityComparer.Instance);
        while (queue.TryDequeue(out var step))
        {
            if (!seen.Add(step))
                continue;
            yield return step;
            foreach (var each in requires(step))
            {
                if (each.SatisfiedBy is { } by && steps.TryGetValue(by, out var next))
                    queue.Enqueue(next);
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

        /// <summary>Everything its backend ever asked for.</summary>
        public List<Requirement> BuildRequires { get; } = [];

        /// <summary>In which environment it has said all there is to say; null: none.</summary>
        public string? Key { get; set; }

        public int Questions { get; set; }

        /// <summary>Whether it cannot be used, and is not asked again.</summary>
        public bool IsClosed { get; set; }

        /// <summary>Whether its backend has given metadata.</summary>
        public bool IsIdentified { get; set; }

        public bool IsUnsure { get; } = HookMetadata.IsUnsure(original);

        public bool IsNameless => !IsIdentified && (Original.Name is null || Original.Version is null);
    }
}
