using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Isolation;

/// <summary>
/// Solves the environments that builds run in, each apart from the plan (<c>--build-isolation per-build</c>): the
/// best selection for what a candidate needs to be built, out of the same archive and of what is installed. What must
/// be built for it must be buildable in turn, so <i>buildable</i> is the least set for which that holds: nothing is
/// ever built with the help of itself.
/// </summary>
/// <remarks>
/// Depth first: a candidate is judged while one that needs it is; one that is being judged further up cannot be used.
/// What is found buildable that way is buildable for good. What is not may only lack the one further up, so it is
/// kept until that one is judged, and for good where it lacks nothing of the kind. Not thread-safe.
/// </remarks>
internal sealed class BuildEnvironments : IBuildJudge
{
    /// <summary>Maximum depth of nested reasons; nobody reads more.</summary>
    private const int ReasonsTold = 6;

    private readonly MemoizedSource source;
    private readonly PlanRequest request;
    private readonly PlanLimits limits;
    private readonly Func<CandidateProblem, PlanLimits, CancellationToken, string?> tell;
    private readonly CancellationToken cancellation;
    private readonly Dictionary<Candidate, BuildEnvironment> buildable = [];
    private readonly Dictionary<Candidate, FailedBuild> failed = [];
    private readonly HashSet<string> failedRequirements = [];
    private readonly Dictionary<Candidate, (FailedBuild Failure, IReadOnlySet<Candidate> Lacking)> provisional = [];
    private readonly List<Candidate> underJudgement = [];
    private bool areGranted;

    /// <param name="source">What there is to choose from; asked once a project.</param>
    /// <param name="request">Whose environment, preferences, exclusions and waivers hold for builds too. Its
    /// constraints, overrides and lock are about the plan and do not.</param>
    /// <param name="limits">When to give up; the time counts from now.</param>
    /// <param name="tell">Why a problem, which is the environment of a build, has no selection, as a clause about the
    /// build; null where it has one or a limit is reached. Explanations stand above this folder, therefore a
    /// function.</param>
    internal BuildEnvironments(
        ICandidateSource source,
        PlanRequest request,
        PlanLimits limits,
        Func<CandidateProblem, PlanLimits, CancellationToken, string?> tell,
        CancellationToken cancellation = default
    )
    {
        // What is memoized of a candidate belongs to the very object.
        (this.source, this.limits, this.tell, this.cancellation) = (
            source as MemoizedSource ?? new MemoizedSource(source),
            limits,
            tell,
            cancellation
        );
        this.request = request with
        {
            Roots = [],
            Constraints = [],
            Overrides = [],
            Preferred = new Dictionary<Packaging.Names.PackageName, Packaging.Versions.Version>(),
            Objectives = [],
            Resolution = ResolutionMode.Highest,
            Reinstall = false,
            BuildIsolation = BuildIsolation.PerBuild,
        };
    }

    /// <inheritdoc/>
    public ICandidateSource Source => source;

    /// <summary>The environments behind the judge of a problem; null where its builds share one.</summary>
    internal static BuildEnvironments? JudgeOf(CandidateProblem problem) => problem.Builds as BuildEnvironments;

    /// <summary>Environments that take every build for granted, whatever is asked.</summary>
    internal static BuildEnvironments Granted(ICandidateSource source, PlanRequest request) =>
        new(source, request, PlanLimits.None, (_, _, _) => null) { areGranted = true };

    /// <inheritdoc/>
    public ISelectionTheory TheoryOf(CandidateProblem problem) => new Theory(this) { Problem = problem };

    /// <inheritdoc/>
    public IBuildJudge For(ICandidateSource source, PlanRequest request) =>
        new BuildEnvironments(source, request, PlanLimits.None, tell);

    /// <summary>Takes every build for granted while this question is answered.</summary>
    internal T Granting<T>(Func<T> question)
    {
        areGranted = true;
        try
        {
            return question();
        }
        finally
        {
            areGranted = false;
        }
    }

    /// <summary>Why the candidate cannot be built; null where it can, or need not be.</summary>
    public FailedBuild? WhyNot(Candidate candidate) => Judge(candidate, out _);

    /// <summary>The environment of each build that these candidates take, those that others need first; each build
    /// once. All must be buildable.</summary>
    /// <remarks>Judged again in the order given, so that which way out of a cycle is taken depends on nothing that
    /// happened before.</remarks>
    internal IReadOnlyList<BuildEnvironment> Of(IEnumerable<Candidate> candidates)
    {
        buildable.Clear();
        provisional.Clear();
        var found = new List<BuildEnvironment>();
        var seen = new HashSet<Candidate>();
        foreach (var candidate in candidates.Where(each => each.IsBuilt))
        {
            if (Judge(candidate, out _) is { } failure)
                throw new InvalidOperationException($"{candidate} was buildable, and then not: {failure.Reason}");
            Add(candidate);
        }

        return found;

        void Add(Candidate candidate)
        {
            if (!seen.Add(candidate))
                return;
            foreach (var used in buildable[candidate].Built)
                Add(used);
            found.Add(buildable[candidate]);
        }
    }

    /// <summary>What is asked of the environment a candidate is built in.</summary>
    internal PlanRequest RequestFor(Candidate candidate) =>
        request with
        {
            Roots =
            [
                .. (candidate.BuildRequires ?? [])
                    .Where(each => !request.Waivers.Any(waiver => waiver.Covers(candidate, each)))
                    .OrderBy(each => each.Name)
                    .ThenBy(each => each.ToString(), StringComparer.Ordinal),
            ],
        };

    /// <param name="lacking">Those under judgement further up without which it was judged not buildable; empty where
    /// the verdict is final.</param>
    private FailedBuild? Judge(Candidate candidate, out IReadOnlySet<Candidate> lacking)
    {
        lacking = new HashSet<Candidate>();
        if (!candidate.IsBuilt || areGranted || buildable.ContainsKey(candidate))
            return null;
        var ask = RequestFor(candidate);
        if (underJudgement.Contains(candidate))
        {
            lacking = new HashSet<Candidate> { candidate };
            return new FailedBuild(candidate, () => "would have to be there to be built itself");
        }

        if (failed.TryGetValue(candidate, out var known))
            return known;
        if (provisional.TryGetValue(candidate, out var earlier))
        {
            lacking = earlier.Lacking;
            return earlier.Failure;
        }

        var key = string.Join('\n', ask.Roots);
        if (failedRequirements.Contains(key))
            return failed[candidate] = new FailedBuild(candidate, () => Tell(candidate, ask));
        var theory = new Theory(this);
        underJudgement.Add(candidate);
        FailedBuild? verdict;
        try
        {
            verdict = WithStack(() => Solve(candidate, ask, theory));
        }
        finally
        {
            underJudgement.RemoveAt(underJudgement.Count - 1);
        }

        // What was judged while this one was out of reach may be judged otherwise now.
        foreach (
            var stale in provisional
                .Where(each => each.Value.Lacking.Contains(candidate))
                .Select(each => each.Key)
                .ToList()
        )
            provisional.Remove(stale);
        if (verdict is null)
            return null;
        var isAlone = theory.Lacking.Count == 0;
        // That it cannot be used to build itself is no lack: a shortest way to build anything never goes through it.
        theory.Lacking.Remove(candidate);
        lacking = theory.Lacking;
        if (lacking.Count > 0)
            provisional[candidate] = (verdict, lacking);
        else
            failed[candidate] = verdict;
        if (isAlone)
            failedRequirements.Add(key);
        return verdict;
    }

    private FailedBuild? Solve(Candidate candidate, PlanRequest ask, Theory theory)
    {
        var problem = new CandidateProblem(source, ask, this) { Judges = theory };
        theory.Problem = problem;
        var outcome = new DomainSolver().Solve(
            problem,
            new SolveOptions { Deadline = limits.Deadline, ConflictLimit = limits.Conflicts },
            cancellation
        );
        switch (outcome)
        {
            case Outcome.Satisfiable { Selection: var selection }:
                buildable[candidate] = new BuildEnvironment(candidate, problem, selection);
                return null;
            case Outcome.GaveUp gaveUp:
                throw new SolveStopped(gaveUp.Limit);
            default:
                return new FailedBuild(candidate, () => Tell(candidate, ask));
        }
    }

    /// <summary>Goes on with a stack of its own where this one ends: chains of builds may be deeper than any.</summary>
    private static T WithStack<T>(Func<T> next)
    {
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return next();
        var (result, failure) = (default(T), default(ExceptionDispatchInfo));
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = next();
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            16 << 20
        );
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    private string Tell(Candidate candidate, PlanRequest ask)
    {
        if (underJudgement.Count > ReasonsTold)
            return "cannot be built";
        var isUnderJudgement = underJudgement.Contains(candidate);
        if (!isUnderJudgement)
            underJudgement.Add(candidate);
        try
        {
            var problem = new CandidateProblem(source, ask, this);
            return tell(problem, limits, cancellation) is { } reason ? $"cannot be built: {reason}" : "cannot be built";
        }
        finally
        {
            if (!isUnderJudgement)
                underJudgement.RemoveAt(underJudgement.Count - 1);
        }
    }

    /// <summary>The theory of a plan, or of an environment within one: what is chosen to be built must be
    /// buildable.</summary>
    internal sealed class Theory(BuildEnvironments environments) : ISelectionTheory
    {
        /// <summary>Those under judgement without which something was refuted.</summary>
        public HashSet<Candidate> Lacking { get; } = [];

        /// <summary>Whose selections are judged.</summary>
        public CandidateProblem Problem { get; set; } = null!;

        /// <inheritdoc/>
        public IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection)
        {
            var nogoods = new List<SelectionNogood>();
            for (var i = 0; i < selection.Length; i++)
            {
                var variable = new VariableId(i);
                if (
                    selection[i] < 0
                    || Problem.CandidatesOf(variable) is not { Count: > 0 } candidates
                    || environments.Judge(candidates[selection[i]], out var lacking) is not { } failure
                )
                    continue;
                Lacking.UnionWith(lacking);
                nogoods.Add(new([new(variable, Alike(candidates, selection[i], lacking.Count == 0))], failure));
            }

            return nogoods;
        }

        /// <summary>Those that need the same to be built, so that they are not refuted one by one; the one alone
        /// where the verdict may hang on which it is.</summary>
        private List<int> Alike(IReadOnlyList<Candidate> candidates, int refuted, bool isFinal)
        {
            if (!isFinal)
                return [refuted];
            var needed = string.Join('\n', environments.RequestFor(candidates[refuted]).Roots);
            return
            [
                .. Enumerable
                    .Range(0, candidates.Count)
                    .Where(i =>
                        i == refuted
                        || (
                            candidates[i].IsBuilt
                            && environments.failedRequirements.Contains(needed)
                            && string.Join('\n', environments.RequestFor(candidates[i]).Roots) == needed
                        )
                    ),
            ];
        }
    }
}
