using Resolver.Packaging.Names;
using Resolver.Resolution.Explanations.Additions;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Missing;

/// <summary>Why something that is requested is impossible, whatever is added to the archive.</summary>
internal sealed class BeyondHelpReasons(CandidateProblem problem, ExtendedProblem extended, SolveBudget budget)
{
    private readonly bool isBatch = problem.Roots.ToArray().Any(problem.IsGiven);
    private readonly ILookup<string, RequirementId> roots = problem.Roots.ToArray().ToLookup(problem.TextOf);
    private readonly ILookup<PackageName, Addition> additions = extended.Additions.ToLookup(each => each.File.Name);

    /// <summary>By what is requested and what is added: the problem, which grows with what it is asked
    /// about.</summary>
    private readonly Dictionary<string, CandidateProblem> problems = [];

    /// <summary>Of a project that is given in several versions: by the version that stays, what is said of every
    /// other.</summary>
    private readonly Dictionary<string, (string Reason, bool NamesIt, string? Instead)> ofOtherVersions = [];

    /// <summary>How many reasons took a search.</summary>
    public int Searched { get; private set; }

    /// <summary>The reason: a minimal conflict that no addition does away with.</summary>
    /// <exception cref="SolveStopped">A limit was reached.</exception>
    public IEnumerable<BeyondHelp> Tell(GivenUpRoot root)
    {
        budget.ThrowIfOver();
        var other = OtherVersion(root);
        if (other is null || !ofOtherVersions.TryGetValue(other, out var known))
        {
            known = Search(root);
            // Which of the two stays is all there is to say, and it is said of every version that goes.
            if (other is not null && known.Instead is not null)
                ofOtherVersions.Add(other, known);
        }
        var beyondHelp = new BeyondHelp(root.Requirement, known.Reason)
        {
            Subject = Request(root.Requirement),
            IsSubjectOfReason = known.NamesIt,
            Instead = known.Instead,
        };
        // One override may stand in place of several requirements.
        return WrittenAs(root.Requirement)
            .Select(each => beyondHelp with { Requirement = each })
            .OrderBy(each => each.Requirement, StringComparer.Ordinal);
    }

    /// <summary>The other version of the same project, where two that were given are the whole conflict; else
    /// null.</summary>
    private string? OtherVersion(GivenUpRoot root)
    {
        if (root.Among.Count != 2)
            return null;
        var other = root.Among.First(each => each != root.Requirement);
        var (one, two) = (roots[root.Requirement].First(), roots[other].First());
        return problem.IsGiven(one) && problem.IsGiven(two) && problem.Target(one) == problem.Target(two)
            ? other
            : null;
    }

    private (string Reason, bool NamesIt, string? Instead) Search(GivenUpRoot root)
    {
        Searched++;
        var added = new HashSet<PackageName>();
        while (true)
        {
            var text = Of(root.Among, added);
            var only = new OnlyRoots(text, root.Among.SelectMany(each => roots[each]).Where(problem.IsGiven), problem);
            var core = new MinimalCore(only, text, budget);
            core.Find();
            var facts = core.Facts ?? throw new SolveStopped(LimitReached.Timeout);
            if (Helped(text, facts).Where(added.Add).ToList().Count > 0)
                continue;
            var reason = new ConflictReport(only, text, facts).TellReason(
                root.Requirement,
                isBatch ? "is in the batch, too" : "is requested, too",
                out var namesIt
            );
            // Two versions of one project, and nothing else: which of them stays is all there is to say.
            var instead =
                root.Among.Count == 2 && facts.All(each => each is Assumption.Requires { Source: null })
                    ? Written(root.Among.First(each => each != root.Requirement))
                    : null;
            return (reason, namesIt, instead);
        }
    }

    private IEnumerable<string> WrittenAs(string root) =>
        roots[root].SelectMany(problem.WrittenAs).Select(each => each.ToString()).Distinct();

    private string Written(string root) => WrittenAs(root).FirstOrDefault(root);

    private string Request(string root) => roots[root].Select(problem.RequestOf).FirstOrDefault(root);

    /// <summary>The problem with nothing requested but these, what was given not counted, and with what could be added
    /// of some projects.</summary>
    private CandidateProblem Of(IReadOnlyList<string> requested, HashSet<PackageName> added)
    {
        // In the order of names: no answer depends on the order of what is requested.
        var request = problem.Request with
        {
            Roots =
                problem.Request.Roots.Count == 0
                    ? []
                    : [.. extended.Problem.Request.Roots.Where(extended.Problem.WrittenAs(requested).Contains)],
        };
        var key = string.Join('\n', [.. request.Roots.Select(each => each.ToString()), "", .. added.Order()]);
        if (!problems.TryGetValue(key, out var known))
        {
            var source = new SourceWithMore(
                problem.Source,
                added.SelectMany(each => additions[each]).Select(each => each.File)
            );
            known = problem.Remade(
                source,
                request,
                keepExact: false,
                builds: problem.Builds is null ? null : BuildEnvironments.Granted(source, request)
            );
            problems.Add(key, known);
        }
        return known;
    }

    /// <summary>Projects of which something that could be added meets all that the facts require of them.</summary>
    private IEnumerable<PackageName> Helped(CandidateProblem only, IReadOnlyList<Assumption> facts)
    {
        var requires = facts.OfType<Assumption.Requires>().ToList();
        return
        [
            .. facts
                .OfType<Assumption.NoOthers>()
                .Where(closed =>
                    additions[only.NameOf(closed.Project)]
                        .Any(each =>
                            requires
                                .Where(other => only.Target(other.Id) == closed.Project)
                                .All(other => only.IsMetBy(other.Id, each.File))
                        )
                )
                .Select(closed => only.NameOf(closed.Project)),
        ];
    }

    /// <summary>The problem with what was given, too.</summary>
    private sealed class OnlyRoots(CandidateProblem inner, IEnumerable<RequirementId> given, CandidateProblem whole)
        : DerivedProblem(inner)
    {
        private readonly RequirementId[] roots =
        [
            .. inner.Roots,
            .. given.OrderBy(each => each.Index).Select(each => inner.NumberAlike(whole, each)),
        ];

        /// <inheritdoc/>
        public override ReadOnlySpan<RequirementId> Roots => roots;
    }
}
